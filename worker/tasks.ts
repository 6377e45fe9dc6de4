import type { Task } from 'graphile-worker'
import type * as agentJobs from '../resources/agent/jobs'
import type * as messageJobs from '../resources/message/jobs'
import { isProduction } from '../resources/shared/env.server'
import { mailTasks } from './mail/tasks'
import { sweepTasks } from './sweeps'
import { deliveryTasks } from './sms/delivery'
import { outbox } from './sms/outbox'

type NameOf<Module> = {
  [Key in keyof Module]: Module[Key] extends { name: infer Name extends string; payload: unknown }
    ? Name
    : never
}[keyof Module]

/** Every job that a subject may ask for has its task: the compiler says which one is missing. */
export type JobName = NameOf<typeof messageJobs> | NameOf<typeof agentJobs>

/** In production a real provider or nobody: what stays in an outbox must not be told as received. */
const carrier = isProduction ? null : outbox

export const tasks = {
  ...sweepTasks,
  ...deliveryTasks(carrier),
  ...mailTasks,
} satisfies Record<JobName, Task>
