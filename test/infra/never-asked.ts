/** Grants that one machine never asks for, with the reason why they stand all the same. */
export const neverAsked: readonly { readonly grants: RegExp; readonly why: string }[] = [
  {
    grants: / logs:(CreateLogStream|PutLogEvents)$/,
    why: 'Lambda writes the logs; on one machine they are a file.',
  },
  {
    grants: / kms:(DescribeKey|Encrypt|ReEncryptFrom|ReEncryptTo)$/,
    why: 'DynamoDB asks them of whoever uses a table under a key of the customer, so AWS documents; when, it does not say.',
  },
  {
    grants: / kms:GenerateDataKey$/,
    why: 'The same, of those that write the table and put no object.',
  },
  {
    grants: /^(inspection|journal|follow-up|delivery|reports|daily|certificates) s3:ListBucket$/,
    why: 'Lambda looks for the bucket before it keeps a failure there.',
  },
  {
    grants: /^(inspection|delivery) s3:PutObject$/,
    why: 'Lambda keeps failures in the name of the function; none failed.',
  },
  {
    grants: /^steering dynamodb:ConditionCheckItem$/,
    why: 'A sealed print and a paper taken in rest on other records; the story has neither, test/api/certificates.test.ts has both.',
  },
  {
    grants: /^invitations (?!logs:)/,
    why: 'In the story every department has an account; test/api/invited-opinions.test.ts invites officials without one.',
  },
  {
    grants: /^daily dynamodb:DeleteItem$/,
    why: 'A line leaves a desk at night only where rules take silence for consent; those of the story do not.',
  },
];
