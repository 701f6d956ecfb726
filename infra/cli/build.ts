// Bundles and synthesizes for this machine what changed. The platform runs it apart: the CDK would stay in its memory.
import { synthIfChanged } from '../build.ts';

await synthIfChanged('aws');
