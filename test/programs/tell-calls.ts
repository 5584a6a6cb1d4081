/**
 * Loaded before the program (`node --import`): says on standard error whom it calls. The
 * database is reached by a socket of this machine's file system, which is no call.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

type Callable = (...args: unknown[]) => unknown;

const tell = (what: string) => process.stderr.write(`CALLED ${what}\n`);

/** Puts `before` in front of a function of Node's own. */
function watch(holder: object, name: string, before: (args: unknown[]) => void): void {
  const functions = holder as Record<string, Callable>;
  const own = functions[name];
  if (own === undefined) throw new Error(`Node has no ${name} any more.`);
  functions[name] = function (this: unknown, ...args) {
    before(args);
    return own.apply(this, args);
  };
}

watch(net.Socket.prototype, 'connect', ([first]) => {
  const to: unknown = Array.isArray(first) ? first[0] : first;
  const { path, host, port } = Object(to) as { path?: unknown; host?: unknown; port?: unknown };
  if (typeof (path ?? to) !== 'string') tell(`${String(host ?? to)}:${String(port)}`);
});
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt']) {
  watch(dns, name, ([host]) => {
    // To listen at an address is to look it up.
    if (host !== '127.0.0.1') tell(`the name of ${String(host)}`);
  });
}
watch(dgram.Socket.prototype, 'send', () => tell('by a datagram'));
