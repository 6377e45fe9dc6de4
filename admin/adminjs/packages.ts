/** What the server uses of AdminJS, from its packages. */
export { default as AdminJSExpress } from '@adminjs/express'
export { Resource, convertFilter, getModelByName } from '@adminjs/prisma'
export {
  default as AdminJS,
  AppError,
  BaseRecord,
  Filter,
  ForbiddenError,
  ValidationError,
  initializeStore,
} from 'adminjs'
