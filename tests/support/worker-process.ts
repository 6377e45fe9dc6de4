import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A worker as production starts it, in a process of its own. */
export interface WorkerProcess {
  /** What its connections call themselves in the database. */
  name: string
  signal: (name: 'SIGKILL' | 'SIGSTOP') => void
  /** Once it has ended, by itself after SIGTERM unless it was killed. */
  stop: () => Promise<void>
}

let started = 0
const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** Starts one, with these settings; it is killed with the process that started it. */
export function startWorkerProcess(settings: Readonly<Record<string, string>>): WorkerProcess {
  const name = `worker-${++started}`
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts', 'worker'], {
    cwd: root,
    env: { ...process.env, PGAPPNAME: name, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  const ended = once(child, 'exit').then(() => running.delete(child))
  return {
    name,
    signal: (signal) => void child.kill(signal),
    async stop() {
      child.kill('SIGTERM')
      // One that was held does not hear it otherwise.
      child.kill('SIGCONT')
      await ended
    },
  }
}
