/** The part of AdminJS's browser code we compose: adminjs/bundle.ts says where it is. */
declare module 'adminjs-frontend/store' {
  import type { ComponentProps } from 'react'
  import type { Provider } from 'react-redux'

  const createStore: (initialState: unknown) => ComponentProps<typeof Provider>['store']
  export default createStore
}
