import { createContext, useContext } from 'react'

/** What every page needs around itself, error pages included: no loader may have run. */
export interface Frame {
  /** Of this answer's Content-Security-Policy; empty in the browser. */
  nonce: string
  /** Shown on error pages, found in the log. */
  requestId: string
  brand: 'neutre' | 'etat'
  isDemo: boolean
  /** What the site says of its own accessibility. */
  accessibility: string
}

const FrameContext = createContext<Frame>({
  nonce: '',
  requestId: '',
  brand: 'neutre',
  isDemo: false,
  accessibility: '',
})

export const FrameProvider = FrameContext.Provider

export function useFrame(): Frame {
  return useContext(FrameContext)
}
