import type { ReactNode } from 'react'
import { useLocation } from '@remix-run/react'
import { inFrench, languageOf } from '../../resources/shared/language'
import { useFrame } from '../frame'
import { Breadcrumb, type Step } from './breadcrumb'

interface PageProps {
  /** From the home page to here, both left out; the title of the page ends the trail. */
  trail?: readonly Step[]
  /** Ends the breadcrumb. Without it there is none: home and error pages. */
  here?: string
  /** Above the rest, from edge to edge. */
  top?: ReactNode
  children: ReactNode
}

/** What stands between header and footer: the trail, then the content that the skip link reaches. */
export function Page({ trail = [], here, top, children }: PageProps) {
  return (
    <>
      {here && <Breadcrumb trail={trail} here={here} />}
      <main id="contenu" role="main" tabIndex={-1}>
        <Notice />
        {top}
        <div className="fr-container">{children}</div>
      </main>
    </>
  )
}

/** Where the skip link lands, so that nobody jumps over it. */
function Notice() {
  const { brand, isDemo } = useFrame()
  const language = languageOf(useLocation().pathname)
  if (!isDemo && brand === 'etat') return null
  return (
    <div className="fr-notice fr-notice--info" {...inFrench(language)}>
      <div className="fr-container">
        <p className="fr-notice__title">
          {isDemo
            ? 'Site de démonstration, non officiel. Les personnes et les services sont inventés.'
            : 'Site non officiel.'}
        </p>
      </div>
    </div>
  )
}

/** The shape of every title: page, section, site. At most 70 characters where the page can. */
export function pageTitle(...parts: string[]): string {
  return [...parts, 'Mon Suivi Justice'].join(' – ')
}
