/** The parts of AdminJS's browser code we compose: admin/bundle.ts says where they are. */
declare module 'adminjs-frontend' {
  import type { ComponentType, ReactElement } from 'react'

  const adminJs: {
    Application: ReactElement
    UserComponents: Record<string, ComponentType<never>>
  }
  export default adminJs
}

declare module 'adminjs-frontend/routes' {
  import type { ComponentType } from 'react'

  export const ResourceRoute: ComponentType
  export const ResourceActionRoute: ComponentType
  export const RecordActionRoute: ComponentType
  export const BulkActionRoute: ComponentType
  export const PageRoute: ComponentType
}
