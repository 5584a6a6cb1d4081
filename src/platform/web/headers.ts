/**
 * The headers of every response, errors included. They are made here, and not by a plugin,
 * because an address that Fastify cannot even decode is answered before any hook runs.
 * Source: OWASP ASVS 5.0.0, 3.4.1 to 3.4.8.
 */
export function securityHeaders(options: {
  /** Fresh for each response; the layout puts it on its one script and its one style element. */
  nonce: string;
  /** Whether people reach this server by https. */
  https: boolean;
}): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${options.nonce}'`,
    `style-src 'self' 'nonce-${options.nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cache-control': 'no-store',
    ...(options.https
      ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
      : {}),
  };
}
