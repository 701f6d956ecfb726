/** What became of a day's notice (送达情况): to whom, masked, by which channel, when, and how it ended. */
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { isCivilDate } from '../../kernel/civil-date.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { deliveryStates, type Delivery } from '../../domain/reminders/delivery.ts';
import type { DeliveryRecords } from './deliver.ts';

export interface DeliveryView extends Pick<
  Delivery,
  'office' | 'role' | 'day' | 'notice' | 'channel' | 'to' | 'state' | 'attempts' | 'gathered' | 'nextAt'
> {
  readonly stateText: Text;
  /** The office's own mailbox, rather than a person. */
  readonly shared: boolean;
}

/** @param asked another office's desk is shown to the region only; absent: the caller's own roles */
export async function readDeliveries(
  deps: { readonly records: Pick<DeliveryRecords, 'of'> },
  actor: Actor,
  day: string,
  asked: { readonly office?: string | undefined; readonly role?: string | undefined },
): Promise<Result<{ readonly items: readonly DeliveryView[] }, Refusal>> {
  const office = asked.office ?? actor.office;
  if (!isCivilDate(day) || !officeOf(office)) return refuse(refusal('not-found'));
  if (office !== actor.office && officeOf(actor.office)?.level !== 'region')
    return refuse(refusal('not-found'));
  const roles = asked.role === undefined ? actor.roles : [asked.role];
  const found = await Promise.all(roles.map((role) => deps.records.of(office, role, day)));
  return ok({ items: found.flat().map(viewOf) });
}

function viewOf(delivery: Delivery): DeliveryView {
  const { office, role, day, notice, channel, to, state, attempts, gathered, nextAt, sub } = delivery;
  return {
    ...{ office, role, day, notice, channel, to, state, attempts, gathered },
    ...(nextAt === undefined ? {} : { nextAt }),
    stateText: deliveryStates[state],
    shared: sub === `office:${office}`,
  };
}
