/** What runs without anyone asking: inspection of uploads, consumers of the audit stream, schedules. */
import { CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { CertificatesEnv } from '../../functions/certificates/env.ts';
import { DailyEnv } from '../../functions/daily/env.ts';
import { DeliveryEnv } from '../../functions/delivery/env.ts';
import { FollowUpEnv } from '../../functions/follow-up/env.ts';
import { InspectionEnv } from '../../functions/inspection/env.ts';
import { ReportsEnv } from '../../functions/reports/env.ts';
import type { WorkDesk } from '../../shared/domain/audit/work-orders.ts';
import { JournalEnv } from '../../functions/journal/env.ts';
import type { Config } from '../config.ts';
import { keepFailedEvents } from '../constructs/failures.ts';
import {
  commitToTable,
  consumeStream,
  inspectQuarantine,
  keepFailures,
  openPersonalData,
  putWork,
  readEvaluations,
  readLedger,
  readWork,
  releaseToClean,
  signCertificates,
  writeLedger,
} from '../constructs/grants.ts';
import { MalwarePlan } from '../constructs/malware-plan.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { consumeAuditEntries } from '../constructs/stream-consumer.ts';
import type { DataStack } from './data-stack.ts';

export interface JobsStackProps extends StackProps {
  readonly config: Config;
  readonly data: DataStack;
  readonly bundles: string;
}

export class JobsStack extends Stack {
  readonly #data: DataStack;
  readonly #bundles: string;

  constructor(scope: Construct, id: string, { config, data, bundles, ...props }: JobsStackProps) {
    super(scope, id, props);
    this.#data = data;
    this.#bundles = bundles;
    this.inspection(config.scanner);
    this.streamConsumers();
    this.reports();
    this.delivery();
    this.certificates();
    this.schedules();
  }

  private inspection(scanner: Config['scanner']): void {
    const { arns, table, quarantine, clean, dataKey } = this.#data;
    const inspection = new ServiceFunction(this, 'Inspection', {
      ...this.common(),
      name: 'inspection',
      env: InspectionEnv,
      values: {
        TABLE: table.tableName,
        QUARANTINE_BUCKET: quarantine.bucketName,
        CLEAN_BUCKET: clean.bucketName,
        ...(scanner.by === 'guardduty'
          ? { SCANNER: 'event' }
          : { SCANNER: 'https', SCANNER_URL: scanner.url }),
      },
      grants: [
        ...commitToTable(arns, { reads: ['GetItem'], writes: ['PutItem'] }),
        ...inspectQuarantine(arns),
        releaseToClean(arns),
        ...keepFailures(arns),
      ],
      memory: 1536,
      timeout: Duration.seconds(120),
    });
    keepFailedEvents(inspection.lambda, arns.failures);
    const call = (id: string, description: string, eventPattern: EventPattern) =>
      new Rule(this, id, { description, eventPattern, targets: [new LambdaTarget(inspection.lambda)] });

    call('Uploaded', 'A file has arrived in quarantine', {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [quarantine.bucketName] } },
    });
    if (scanner.by !== 'guardduty') return;
    new MalwarePlan(this, 'Malware', { bucket: quarantine, key: dataKey });
    call('Scanned', 'GuardDuty has scanned a file in quarantine', {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Malware Protection Object Scan Result'],
      detail: { s3ObjectDetails: { bucketName: [quarantine.bucketName] } },
    });
  }

  private streamConsumers(): void {
    const { arns, table, ledger, work } = this.#data;
    const journal = new ServiceFunction(this, 'Journal', {
      ...this.common(),
      name: 'journal',
      env: JournalEnv,
      values: { LEDGER_BUCKET: ledger.bucketName },
      grants: [...consumeStream(arns), writeLedger(arns, 'journal'), ...keepFailures(arns)],
    });
    const followUp = new ServiceFunction(this, 'FollowUp', {
      ...this.common(),
      name: 'follow-up',
      env: FollowUpEnv,
      values: { TABLE: table.tableName, WORK_BUCKET: work.bucketName },
      grants: [
        ...consumeStream(arns),
        ...commitToTable(arns, { writes: ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] }),
        putWork(arns),
        ...keepFailures(arns),
      ],
    });
    for (const { lambda } of [journal, followUp]) consumeAuditEntries(lambda, arns.stream, arns.failures);
  }

  /** Called by work orders, and by the calendar: on the first of a month, and on 5 January. */
  private reports(): void {
    const { arns, table, ledger, work } = this.#data;
    const reports = new ServiceFunction(this, 'Reports', {
      ...this.common(),
      name: 'reports',
      env: ReportsEnv,
      values: {
        TABLE: table.tableName,
        LEDGER_BUCKET: ledger.bucketName,
        WORK_BUCKET: work.bucketName,
      },
      grants: [
        ...commitToTable(arns, { writes: ['PutItem'] }),
        readWork(arns, 'reports'),
        readEvaluations(arns),
        writeLedger(arns, 'evaluations'),
        ...keepFailures(arns),
      ],
      memory: 1792,
      timeout: Duration.seconds(300),
    });
    keepFailedEvents(reports.lambda, arns.failures);
    new Rule(this, 'ReportsOrdered', {
      description: 'An evaluation was asked for or published',
      eventPattern: this.orderFor('reports'),
      targets: [new LambdaTarget(reports.lambda)],
    });
    const run = (id: string, description: string, job: string, schedule: Schedule) =>
      new Rule(this, id, {
        description,
        schedule,
        targets: [new LambdaTarget(reports.lambda, { event: RuleTargetInput.fromObject({ job }) })],
      });
    // 01:00 UTC is nine in the morning: the month and the year before are over, and their last entries counted.
    run(
      'MonthlyEvaluation',
      'Monthly monitoring figures',
      'monthly',
      Schedule.cron({ minute: '0', hour: '1', day: '1' }),
    );
    run(
      'YearlyEvaluation',
      'Yearly evaluation, to be reported by 31 January',
      'yearly',
      Schedule.cron({ minute: '0', hour: '1', day: '5', month: '1' }),
    );
  }

  /** Notices to people. A channel whose address is left empty is off; what it would have sent stands in the inbox. */
  private delivery(): void {
    const { arns, table, work } = this.#data;
    const parameter = (id: string, description: string, secret = false): string =>
      new CfnParameter(this, id, { description, default: '', ...(secret ? { noEcho: true } : {}) })
        .valueAsString;
    const delivery = new ServiceFunction(this, 'Delivery', {
      ...this.common(),
      name: 'delivery',
      env: DeliveryEnv,
      values: {
        TABLE: table.tableName,
        WORK_BUCKET: work.bucketName,
        PERSONAL_DATA_KEY: arns.personalDataKey,
        SMTP_URL: parameter('SmtpUrl', 'Mail server, smtps://user:secret@host:465; empty: no mail', true),
        MAIL_FROM: parameter('MailFrom', 'Address that the mails are sent from'),
        SMS_URL: parameter('SmsUrl', 'Gateway for text messages; empty: none'),
        SMS_SECRET: parameter('SmsSecret', 'Secret shared with the gateway, for the signature', true),
        PORTAL_URL: parameter('PortalUrl', 'Where people sign in, such as https://anju.example.gov.cn'),
      },
      grants: [
        ...commitToTable(arns, { writes: ['PutItem'] }),
        openPersonalData(arns),
        readWork(arns, 'delivery'),
        ...keepFailures(arns),
      ],
      timeout: Duration.seconds(120),
    });
    keepFailedEvents(delivery.lambda, arns.failures);
    new Rule(this, 'DeliveryOrdered', {
      description: 'A notice was made',
      eventPattern: this.orderFor('delivery'),
      targets: [new LambdaTarget(delivery.lambda)],
    });
    new Rule(this, 'DeliverDue', {
      description: 'Messages of the day, and what failed before',
      schedule: Schedule.cron({ minute: '0' }),
      targets: [new LambdaTarget(delivery.lambda, { event: RuleTargetInput.fromObject({ job: 'deliver' }) })],
    });
  }

  /** Numbers, signs and prints: the only function that may use the issuing key. */
  private certificates(): void {
    const { arns, table, ledger, work } = this.#data;
    const publicUrl = new CfnParameter(this, 'PublicUrl', {
      description:
        'Where the public API answers, without a slash at its end: https://anju.example.gov.cn. It is printed on every certificate',
      allowedPattern: 'https?://[^/\\s]+(/[^\\s]*[^/\\s])?',
      maxLength: 150,
    });
    const certificates = new ServiceFunction(this, 'Certificates', {
      ...this.common(),
      name: 'certificates',
      env: CertificatesEnv,
      values: {
        TABLE: table.tableName,
        LEDGER_BUCKET: ledger.bucketName,
        WORK_BUCKET: work.bucketName,
        CERTIFICATE_KEY: arns.certificateKey,
        PUBLIC_URL: publicUrl.valueAsString,
      },
      grants: [
        ...commitToTable(arns, { writes: ['PutItem', 'DeleteItem'] }),
        signCertificates(arns),
        readWork(arns, 'certificates'),
        writeLedger(arns, 'certificates'),
        ...keepFailures(arns),
      ],
      memory: 1024,
      timeout: Duration.seconds(120),
    });
    keepFailedEvents(certificates.lambda, arns.failures);
    new Rule(this, 'CertificatesOrdered', {
      description: 'A certificate was decided, or is to be printed',
      eventPattern: this.orderFor('certificates'),
      targets: [new LambdaTarget(certificates.lambda)],
    });
  }

  private orderFor(desk: WorkDesk): EventPattern {
    return {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [this.#data.work.bucketName] }, object: { key: [{ prefix: `${desk}/` }] } },
    };
  }

  private schedules(): void {
    const { arns, table, ledger } = this.#data;
    const daily = new ServiceFunction(this, 'Daily', {
      ...this.common(),
      name: 'daily',
      env: DailyEnv,
      values: { TABLE: table.tableName, LEDGER_BUCKET: ledger.bucketName },
      grants: [
        ...commitToTable(arns, { writes: ['PutItem', 'DeleteItem', 'ConditionCheckItem'] }),
        ...readLedger(arns),
        writeLedger(arns, 'roots'),
        ...keepFailures(arns),
      ],
      memory: 1024,
      timeout: Duration.seconds(300),
    });
    keepFailedEvents(daily.lambda, arns.failures);
    const run = (id: string, description: string, job: string, schedule: Schedule) =>
      new Rule(this, id, {
        description,
        schedule,
        targets: [new LambdaTarget(daily.lambda, { event: RuleTargetInput.fromObject({ job }) })],
      });

    // 16:10 UTC is ten past midnight in Inner Mongolia: the civil day is over, and its last entries are journalled.
    run('DailyRoot', 'Root of all audit chains', 'daily-root', Schedule.cron({ hour: '16', minute: '10' }));
    // A limit is over at midnight.
    run(
      'WatchReviews',
      'Departments whose opinion stayed away',
      'watch-reviews',
      Schedule.cron({ hour: '16', minute: '20' }),
    );
    // A quarter past midnight there: whose last day was yesterday has expired.
    run(
      'ExpireCertificates',
      'Certificates whose term is over',
      'expire-certificates',
      Schedule.cron({ hour: '16', minute: '15' }),
    );
    // 00:30 UTC is half past eight: the day's reminders are there when the offices open.
    run('Remind', 'Reminders of the duties', 'remind', Schedule.cron({ hour: '0', minute: '30' }));
    // 09:00 and 17:00 there: twice, so that every day has a figure however late a run begins.
    run('Watch', 'Whether what was promised holds', 'watch', Schedule.cron({ hour: '1,9', minute: '0' }));
    run('ExpireUploads', 'Uploads that were never made', 'expire-uploads', Schedule.cron({ minute: '0' }));
  }

  private common() {
    return {
      bundles: this.#bundles,
      dataKey: this.#data.arns.dataKey,
      memory: 512,
      timeout: Duration.seconds(60),
    };
  }
}
