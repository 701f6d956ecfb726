/**
 * Where a function's credentials come from: its environment, as Lambda puts them there, and nowhere else. The bundles take this in
 * place of the SDK's search through profiles, single sign-on and metadata services (`infra/bundle.ts`), which no function has.
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Named as the SDK's own, whose place it takes. They stay the same for as long as the instance lives, and are read once: the SDK
 * asks for every request, and expects its default provider to remember.
 * @throws Error when the environment holds none
 */
export function defaultProvider(): () => Promise<Credentials> {
  let read: Credentials | undefined;
  return async () => (read ??= readCredentials());
}

function readCredentials(): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('The environment holds no credentials');
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}
