/** The form of the numbered samples: a story in steps, as the platform's users would take them over HTTP. */
import * as z from 'zod';

const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

/** Civil time in Asia/Shanghai: the story is told in the people's own hours. */
const when = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);

/** The clock goes on; what fell due meanwhile is fired. */
const Wait = z.strictObject({ at: when, zh: z.string().optional(), en: z.string().optional() });

/** 拟稿、上传、审核、签发 of one filing, by the city's demo users. */
const File = z.strictObject({
  file: z.strictObject({
    /** `hohhot`: the demo users `hohhot-drafter`, `-checker`, `-signatory`. */
    city: z.string(),
    kind: z.string(),
    period: z.string().optional(),
    /** Of what founds a project: its county. */
    county: z.string().optional(),
    documentNumber: z.string(),
    issueDate: z.iso.date(),
    content: z.record(z.string(), z.unknown()),
    papers: z.array(z.string()).optional(),
    /** This paper is first tried with a file that carries the EICAR test string. */
    infectedFirst: z.string().optional(),
    /** Under this name later steps find its id. */
    name: z.string(),
  }),
});

const Upload = z.strictObject({
  upload: z.strictObject({ as: z.string(), submission: z.string(), paper: z.string(), name: z.string() }),
});

/** Opens every figure of an evaluation to its records, and fetches the report in its four forms. */
const Report = z.strictObject({ report: z.strictObject({ as: z.string(), run: z.string() }) });

/** Fetches a certificate's print with the published keys, and verifies it as anybody could, without the platform. */
const Certificate = z.strictObject({ certificate: z.strictObject({ as: z.string(), number: z.string() }) });

const Call = z.strictObject({
  /** Demo user; absent: the public. */
  as: z.string().optional(),
  call: z.string().regex(/^(GET|POST|PUT|DELETE) \//),
  body: z.unknown().optional(),
  expect: z.strictObject({ status: z.int().optional(), body: z.unknown().optional() }).optional(),
  name: z.string().optional(),
});

export const StoryStep = z.union([Wait, File, Upload, Report, Certificate, Call]);
export type StoryStep = z.infer<typeof StoryStep>;
export type StoryFiling = z.infer<typeof File>['file'];
export type StoryCall = z.infer<typeof Call>;

export const Sample = z.strictObject({ title: Text, steps: z.array(StoryStep).min(1) });
export type Sample = z.infer<typeof Sample>;
