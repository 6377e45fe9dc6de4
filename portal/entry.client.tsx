import { RemixBrowser } from '@remix-run/react'
import { startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { FrameProvider } from './frame'

// Loaded by the pages that ask for it (`handle.scripts`), and by no other.
const { brand, demo, accessibility = '' } = document.documentElement.dataset
startTransition(() => {
  hydrateRoot(
    document,
    <FrameProvider
      value={{
        nonce: '',
        requestId: '',
        brand: brand === 'etat' ? 'etat' : 'neutre',
        isDemo: demo !== undefined,
        accessibility,
      }}
    >
      <RemixBrowser />
    </FrameProvider>,
  )
})
