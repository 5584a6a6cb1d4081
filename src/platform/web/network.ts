import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

/**
 * The network that a request comes from: its address, or of IPv6 the half that an internet
 * provider gives to one household or office. Behind a proxy it is what the proxy says, where
 * SIGHTLINE_PROXIES names it.
 */
export const networkOf = (request: FastifyRequest): string => normalizeIP(request.ip);
