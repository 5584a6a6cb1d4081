import type { FastifyReply } from 'fastify';

/** A file leaves as an attachment that no browser opens in this site's name. */
export function sendFile(
  reply: FastifyReply,
  file: { fileName: string; mediaType: string; bytes: Uint8Array },
): FastifyReply {
  const plain = file.fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(file.fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(Buffer.from(file.bytes));
}
