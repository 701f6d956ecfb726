/** Certificates on a running platform, decided without the filing that decides them: for tests of what follows. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { certificateDecided, nextVersionDecided } from '../../shared/app/certificates/decided.ts';
import type { Store } from '../../shared/app/ports.ts';
import type { CertificateTerms } from '../../shared/domain/certificates/content.ts';
import { sampleTerms } from '../../shared/domain/certificates/sample-certificate.ts';
import type { Bureau } from './bureau.ts';

const by = { sub: 'xincheng-decider', office: '150102', role: 'decider' };

interface Runtime {
  readonly engines: { readonly table: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly table: string;
}

export class CertificateBench {
  readonly store: Store;
  readonly #bureau: Pick<Bureau, 'platform'>;
  readonly #client: DynamoDBClient;

  private constructor(bureau: Pick<Bureau, 'platform'>, runtime: Runtime) {
    this.#bureau = bureau;
    this.#client = new DynamoDBClient({
      region: runtime.region,
      endpoint: runtime.engines.table,
      credentials: runtime.credentials,
      systemClockOffset: bureau.platform.clock.now() - Date.now(),
    });
    const documents = DynamoDBDocumentClient.from(this.#client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    this.store = dynamoStore(documents, runtime.table, () => bureau.platform.clock.iso());
  }

  static async on(bureau: Pick<Bureau, 'platform'>): Promise<CertificateBench> {
    const answer = await fetch(`${bureau.platform.url}/dev/runtime`);
    return new CertificateBench(bureau, (await answer.json()) as Runtime);
  }

  close(): void {
    this.#client.destroy();
  }

  /** Decides a recognition; the platform numbers, signs and prints it. @returns its id */
  async issue(given: Partial<CertificateTerms> = {}): Promise<string> {
    const id = await this.decide(given);
    await this.#bureau.platform.drain();
    return id;
  }

  async decide(
    given: Partial<CertificateTerms> = {},
    county = '150102',
    submission: string = randomUUID(),
  ): Promise<string> {
    const id = randomUUID();
    const { commit } = certificateDecided({
      id,
      project: randomUUID(),
      submission,
      city: '150100',
      county,
      terms: { ...sampleTerms, ...given },
      decidedAt: this.#bureau.platform.clock.iso(),
      by,
    });
    await this.#done(commit);
    return id;
  }

  async change(action: 'amend' | 'renew', id: string, given: Partial<CertificateTerms>): Promise<void> {
    const before = await this.store.certificate(id);
    if (!before) throw new Error(`No certificate ${id}`);
    const now = this.#bureau.platform.clock.iso();
    const terms = { ...sampleTerms, ...given };
    const next = nextVersionDecided(action, before, { submission: randomUUID(), terms, now, by });
    if (!next.ok) throw new Error(next.error.code);
    await this.#done(next.value.commit);
    await this.#bureau.platform.drain();
  }

  async #done(commit: Parameters<Store['commit']>[0]): Promise<void> {
    const { outcome } = await this.store.commit(commit);
    if (outcome !== 'done') throw new Error(`Not committed: ${outcome}`);
  }
}
