import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** A file as a form sent it. Its name and type are the sender's word: nothing may trust them. */
export interface UploadedFile {
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** The largest file a form may bring, in bytes. */
export const largestUpload = 10 * 1024 * 1024;

/**
 * Forms with a file: on routes with `config.upload` alone, one file, 10 MiB at most. The
 * fields and the file reach the handler as `request.body`; a file field left empty is absent.
 */
export async function takeUploads(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    const isMultipart = request.headers['content-type']?.toLowerCase().startsWith('multipart/');
    if (isMultipart === true && request.routeOptions.config.upload !== true && !request.is404) {
      return reply.problem(415);
    }
  });
  await app.register(fastifyMultipart, {
    attachFieldsToBody: 'keyValues',
    limits: {
      fileSize: largestUpload,
      files: 1,
      fields: 200,
      parts: 201,
      fieldSize: 64 * 1024,
      headerPairs: 20,
    },
    onFile: async (part) => {
      // A part can come as a file and have no name at all, whatever the type of the parser says.
      const fileName = (part.filename as string | undefined) ?? '';
      const file: UploadedFile = {
        fileName,
        mediaType: part.mimetype,
        bytes: await part.toBuffer(),
      };
      // A browser sends a box that was left empty as a file without name and bytes.
      if (fileName === '' && file.bytes.length === 0) {
        Reflect.deleteProperty(part.fields, part.fieldname);
      } else {
        Object.assign(part, { value: file });
      }
    },
  });
}

/** The file of a form, for a Zod schema. */
export const uploadedFile = z.custom<UploadedFile>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'bytes' in value &&
    value.bytes instanceof Uint8Array,
  'Choose a file',
);

/** The name of the file that came with a form, for a page that is shown again; null for none. */
export function sentFileName(body: Readonly<Record<string, unknown>>): string | null {
  const sent = uploadedFile.safeParse(body['file']);
  return sent.success ? sent.data.fileName : null;
}
