import { checksums } from './checksums.ts';
import { chunkedUploads } from './chunked-uploads.ts';
import { conditionalWrites } from './conditional-writes.ts';
import { copying } from './copying.ts';
import { cors } from './cors.ts';
import { events } from './events.ts';
import { headerSignatures } from './header-signatures.ts';
import { listing } from './listing.ts';
import { locking } from './locking.ts';
import { multipart } from './multipart.ts';
import { postConditions } from './post-conditions.ts';
import { postForms } from './post-forms.ts';
import { querySignatures } from './query-signatures.ts';
import { reading } from './reading.ts';
import { refusals } from './refusals.ts';
import { tagging } from './tagging.ts';
import type { ObjectsTheme } from './target.ts';
import { versions } from './versions.ts';

/** What an S3 has to do for this platform, as AWS documents it. */
export const themes: readonly ObjectsTheme[] = [
  headerSignatures,
  querySignatures,
  postForms,
  postConditions,
  checksums,
  chunkedUploads,
  reading,
  conditionalWrites,
  multipart,
  copying,
  versions,
  tagging,
  locking,
  cors,
  listing,
  refusals,
  events,
];
