import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import * as z from 'zod'
import { brevo } from '../../../worker/sms/brevo'

/** A process of its own: jobs that hand an SMS to the same provider by the same client, and write nothing down. */
const settings = z
  .object({
    DATABASE_URL: z.string(),
    BREVO_URL: z.string(),
    BREVO_API_KEY: z.string(),
    MANY: z.coerce.number(),
  })
  .parse(process.env)
const many = settings.MANY
const task = 'bench-bare-sms'
const provider = brevo({
  ...{ apiKey: settings.BREVO_API_KEY, baseUrl: settings.BREVO_URL, sender: 'RDVJustice' },
  receiptsAt: 'http://127.0.0.1:9/recepisses',
})
const connectionString = settings.DATABASE_URL
const queue = await makeWorkerUtils({ connectionString })
await queue.addJobs(Array.from({ length: many }, () => ({ identifier: task, payload: {} })))
await queue.release()

let done = 0
let warm = 0
const runner = await run({
  connectionString,
  // As a worker of ours.
  concurrency: 10,
  preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  noHandleSignals: true,
  logger: new Logger(() => () => undefined),
  taskList: {
    [task]: async () => {
      await provider.send({ reference: 'message:0:0', phone: '+33639981234', text: 'RDV' })
      done += 1
      // Once warm: from the tenth part on, like the other.
      if (done === Math.floor(many / 10)) warm = performance.now()
      if (done < many) return
      process.stdout.write(JSON.stringify({ rate: (0.9 * many * 1000) / (performance.now() - warm) }))
      void runner.stop().then(() => process.exit(0))
    },
  },
})
