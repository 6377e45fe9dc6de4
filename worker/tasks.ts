import type { Task } from 'graphile-worker'
import type * as agentJobs from '../resources/agent/jobs'
import type * as divestmentJobs from '../resources/divestment/jobs'
import type * as placeRelocationJobs from '../resources/place-relocation/jobs'
import type * as retentionJobs from '../resources/retention/jobs'
import type * as importJobs from '../resources/import/jobs'
import type * as likelyDuplicateJobs from '../resources/likely-duplicate/jobs'
import type * as publicPageJobs from '../resources/public-page/jobs'
import type * as recurringSlotJobs from '../resources/recurring-slot/jobs'
import type * as messageJobs from '../resources/message/jobs'
import type * as testSmsJobs from '../resources/test-sms/jobs'
import type * as siteRequestJobs from '../resources/site-request/jobs'
import type * as watchJobs from '../resources/watch/jobs'
import type * as templateJobs from '../resources/message/template/jobs'
import { env } from '../resources/shared/env.server'
import { divestmentTasks } from './divestments'
import { duplicateTasks } from './duplicates'
import { importTasks } from './imports'
import { mailTasks } from './mail/tasks'
import { relocationTasks } from './relocations'
import { retentionTasks } from './retention'
import { scheduleTasks } from './schedule'
import { slotTasks } from './slots'
import { sweepTasks } from './sweeps'
import { accountTasks } from './sms/account'
import { deliveryTasks } from './sms/delivery'
import { providerOf } from './sms/provider-of'
import { reconciliationTasks } from './sms/reconciliation'
import { watchTasks } from './watch'

type NameOf<Module> = {
  [Key in keyof Module]: Module[Key] extends { name: infer Name extends string; payload: unknown }
    ? Name
    : never
}[keyof Module]

/** Every job that a subject may ask for has its task: the compiler says which one is missing. */
export type JobName =
  | NameOf<typeof messageJobs>
  | NameOf<typeof templateJobs>
  | NameOf<typeof agentJobs>
  | NameOf<typeof recurringSlotJobs>
  | NameOf<typeof placeRelocationJobs>
  | NameOf<typeof importJobs>
  | NameOf<typeof retentionJobs>
  | NameOf<typeof divestmentJobs>
  | NameOf<typeof likelyDuplicateJobs>
  | NameOf<typeof testSmsJobs>
  | NameOf<typeof siteRequestJobs>
  | NameOf<typeof publicPageJobs>
  | NameOf<typeof watchJobs>

const provider = providerOf(env)

export const tasks = {
  ...sweepTasks,
  ...scheduleTasks,
  ...slotTasks,
  ...relocationTasks,
  ...retentionTasks,
  ...deliveryTasks(provider),
  ...accountTasks(provider),
  ...reconciliationTasks(provider),
  ...watchTasks,
  ...mailTasks,
  ...importTasks,
  ...divestmentTasks,
  ...duplicateTasks,
} satisfies Record<JobName, Task>
