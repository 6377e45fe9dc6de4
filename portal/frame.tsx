import { createContext, useContext } from 'react'

/** What every page needs around itself, error pages included: no loader may have run. */
export interface Frame {
  /** The address of what the browser may add to a page (portal/entry.client.ts). */
  script: string
  /** Shown on error pages, found in the log. */
  requestId: string
  brand: 'neutre' | 'etat'
  isDemo: boolean
  /** What the site says of its own accessibility. */
  accessibility: string
  /** A person in their space, whom an error page leads back there. */
  isSignedIn: boolean
}

const FrameContext = createContext<Frame>({
  script: '',
  requestId: '',
  brand: 'neutre',
  isDemo: false,
  accessibility: '',
  isSignedIn: false,
})

export const FrameProvider = FrameContext.Provider

export function useFrame(): Frame {
  return useContext(FrameContext)
}
