import { workThrough } from '../resources/import/commands/work.server'
import { workImport } from '../resources/import/jobs'
import { task } from './task'

export const importTasks = {
  [workImport.name]: task(workImport, ({ importId }, actor) => workThrough(actor, importId)),
}
