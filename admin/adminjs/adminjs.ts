import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Packages from './packages'

const built = join(import.meta.dirname, '../../build/admin/adminjs.mjs')

/**
 * AdminJS on the server. Imported from its packages it reads two thousand files, screens and bundler
 * included, which is most of a start: `npm run build` makes one file of what is used (bundle.ts).
 * Types come from the packages; values come from here, so that there is one of each class.
 */
export const {
  AdminJS,
  AdminJSExpress,
  AppError,
  BaseRecord,
  Filter,
  ForbiddenError,
  Resource,
  ValidationError,
  convertFilter,
  getModelByName,
  initializeStore,
} = (
  existsSync(built) ? await import(pathToFileURL(built).href) : await import('./packages')
) as typeof Packages

export type AdminJS = Packages.AdminJS
export type BaseRecord = Packages.BaseRecord
export type Resource = Packages.Resource
