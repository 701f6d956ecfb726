/** Three packs of checks of cdk-nag: AwsSolutions, Serverless and NIST 800-53 r5. Asked for by `npm run synth`, the tests and a deployment; never by `npm start`. */
import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import { acknowledgements } from './constructs/acknowledgements.ts';

export interface Finding {
  readonly rule: string;
  readonly resource: string;
}

const packs = [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks] as const;

/** From now on the app's synthesis fails on a finding that is not acknowledged. */
export function applyChecks(app: App): void {
  for (const { rule, reason, resources } of acknowledgements) {
    for (const node of nodesAt(app, resources)) {
      // A rule's name begins with that of its pack.
      Validations.of(node).acknowledge({ id: `${rule.slice(0, rule.indexOf('-'))}::${rule}`, reason });
    }
  }
  Validations.of(app).addPlugins(...packs.map((Checks) => new Checks(app)));
}

/** All findings of an app without checks, after its synthesis: only then does a value of another stack have its name. */
export function findingsOf(app: App): Finding[] {
  const violations = packs.flatMap((Checks) => new Checks(app).validateScope(app).violations);
  return violations.flatMap(({ ruleName: rule, violatingResources }) =>
    violatingResources.map(({ constructPath = '' }) => ({ rule, resource: constructPath })),
  );
}

/** The findings that we accept and that this app can have at all. */
export function acknowledgedIn(app: App): Finding[] {
  return acknowledgements.flatMap(({ rule, resources }) =>
    nodesAt(app, resources).map(({ node }) => ({ rule, resource: node.path })),
  );
}

function nodesAt(app: App, paths: readonly string[]) {
  return app.node.findAll().filter(({ node }) => paths.includes(node.path));
}
