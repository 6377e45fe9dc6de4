import { describe, expect, it } from 'vitest'
import { faultSentence } from '../../../resources/content-page/fr'
import { imageAt } from '../../../resources/content-page/images'
import { parsePage } from '../../../resources/content-page/parse'
import { linesOf, type Block } from '../../../resources/content-page/tree'

const facts = [
  {
    key: 'delai',
    label: 'Délai',
    value: 'de 12 mois à 3 ans',
    source: 'Code pénal, 132-42',
    asOf: '2026-11-29',
  },
]
const faultsOf = (body: string) => parsePage(body, facts).faults.map(({ code, line }) => `${line} ${code}`)
const blocksOf = (body: string): Block[] =>
  parsePage(`## Titre\n\n${body}`, facts).tree.sections[0]?.blocks ?? []

describe('the text of a page', () => {
  it('is sections, parts of sections, and what stands before them', () => {
    const { tree, faults } = parsePage(
      'Avant.\n\n## Un\n\nTexte.\n\n### Un peu\n\nDétail.\n\n## Un\n\nAutre.',
      facts,
    )
    expect(faults).toEqual([])
    expect(linesOf(tree.opening)).toEqual(['Avant.'])
    expect(
      tree.sections.map(({ id, blocks, parts }) => [id, linesOf(blocks), parts.map((one) => one.id)]),
    ).toEqual([
      ['un', ['Texte.'], ['un-peu']],
      ['un-2', ['Autre.'], []],
    ])
  })

  it('never takes an anchor of the frame around it', () => {
    const titles = ['Aide', 'Avis', 'Chiffres', 'Sources', 'Sommaire', 'Contenu']
    const { tree } = parsePage(titles.map((title) => `## ${title}\n\nTexte.`).join('\n\n'), facts)
    expect(tree.sections.map(({ id }) => id)).toEqual(titles.map((title) => `${title.toLowerCase()}-2`))
  })

  it('cites its amounts by their key, and says so of one it does not have', () => {
    expect(linesOf(blocksOf('Le délai est :chiffre[delai].'))).toEqual(['Le délai est de 12 mois à 3 ans.'])
    expect(faultsOf('Une phrase.\n\nLe délai est :chiffre[duree].')).toEqual(['3 unknown_fact'])
  })

  it('has our blocks: callouts, what is written beside what it means, steps, numbers, tiles, documents, tables', () => {
    expect(blocksOf(':::attention\nPrudence.\n:::')).toMatchObject([{ kind: 'callout', tone: 'warning' }])
    expect(blocksOf('::::ecrit-et-sens\n:::ecrit\nRépondre.\n:::\n:::sens\nVenir.\n:::\n::::')).toMatchObject(
      [{ kind: 'writtenAndMeaning', written: [{ kind: 'paragraph' }], meaning: [{ kind: 'paragraph' }] }],
    )
    expect(blocksOf(':::etapes\n1. Un\n2. Deux\n:::')).toMatchObject([{ kind: 'steps', steps: [[{}], [{}]] }])
    expect(blocksOf(':::numeros\n- [116 006](tel:116006) : aide aux victimes.\n:::')).toMatchObject([
      {
        kind: 'numbers',
        numbers: [
          { to: 'tel:116006', number: '116 006', about: [{ kind: 'text', text: 'aide aux victimes.' }] },
        ],
      },
    ])
    expect(
      blocksOf(':::cartes\n- [Victimes](/comprendre-ma-peine/victimes) : vos droits.\n:::'),
    ).toMatchObject([{ kind: 'cards', cards: [{ title: 'Victimes', about: [{ text: 'Vos droits.' }] }] }])
    expect(
      blocksOf(':::document{titre="Le guide" format="PDF" taille="245 Ko"}\n[Le guide](/guide.pdf)\n:::'),
    ).toMatchObject([
      { kind: 'document', to: '/guide.pdf', title: 'Le guide', format: 'PDF', language: 'fr' },
    ])
    expect(
      blocksOf('**Comparer**\n\n| Mesure | Où dormir |\n|---|---|\n| Semi-liberté | au centre |'),
    ).toMatchObject([{ kind: 'table', named: true, caption: [{ text: 'Comparer' }], rows: [[[{}], [{}]]] }])
  })

  it('shows an image of the site, described, at the room it takes; within steps too', () => {
    const image = '![Le formulaire rempli](/images/aide/convoquer.avif)'
    const figure = { kind: 'figure', src: '/images/aide/convoquer.avif', alt: 'Le formulaire rempli' }
    expect(blocksOf(image)).toMatchObject([{ ...figure, ...imageAt('/images/aide/convoquer.avif') }])
    expect(blocksOf(`:::etapes\n1. Remplissez.\n\n   ${image}\n2. Validez.\n:::`)).toMatchObject([
      { kind: 'steps', steps: [[{ kind: 'paragraph' }, figure], [{}]] },
    ])
    expect(linesOf(blocksOf(image))).toEqual(['Le formulaire rempli'])
  })

  it.each([
    ['', '1 empty_page'],
    ['Texte.\n\n:::attention\n:::', '3 empty_block'],
    ['## Titre sans suite\n\n## Autre\n\nTexte.', '1 empty_section'],
    ['Texte.\n\n:::encart\nTexte.\n:::', '3 unknown_block'],
    ['Attention:lisez ceci.', '1 unknown_block'],
    ['::: attention\nTexte.', '1 stray_marks'],
    [':::sens\nSeul.\n:::', '1 misplaced_block'],
    ['::::ecrit-et-sens\n:::ecrit\nSeul.\n:::\n::::', '1 pair_incomplete'],
    [':::etapes\n- Un\n:::', '1 steps_without_list'],
    [':::numeros\n- Sans lien\n:::', '2 list_without_links'],
    [':::document{titre="Le guide"}\nSans lien.\n:::', '1 document_incomplete'],
    ['Texte <b>gras</b>.', '1 html'],
    ['Texte.\n\n<script>alert(1)</script>', '3 html'],
    ['# Un autre titre\n\nTexte.', '1 heading_level'],
    ['### Trop bas\n\nTexte.', '1 heading_order'],
    [':::attention\n## Titre\n:::', '2 heading_in_block'],
    ['[Voir la page](javascript:alert(1)).', '1 link_kind'],
    ['[Voir la page](http://exemple.fr).', '1 link_kind'],
    ['[Voir la page](//exemple.fr).', '1 link_kind'],
    ['[Voir la page](data:text/html,x).', '1 link_kind'],
    ['Cliquez [ici](/contact).', '1 vague_link'],
    ['Texte ![Vue](/images/aide/convoquer.avif).', '1 image'],
    ['![Vue](https://exemple.fr/image.png)', '1 unknown_image'],
    ['![Vue](/images/aide/inconnue.avif)', '1 unknown_image'],
    ['![Vue](/images/aide/../convoquer.avif)', '1 unknown_image'],
    ['![](/images/aide/convoquer.avif)', '1 image_undescribed'],
    [`![${'Vue '.repeat(80)}](/images/aide/convoquer.avif)`, '1 too_long'],
    ['Du `code`.', '1 formatting'],
    ['x'.repeat(2_000), '1 too_long'],
    ['> '.repeat(40) + 'x', '1 too_deep'],
    [':::attention\n'.repeat(40) + 'x', '13 too_deep'],
  ])('%j is told: %s', (body, told) => {
    const faults = faultsOf(body)
    expect(faults).toContain(told)
    for (const fault of parsePage(body, facts).faults)
      expect(faultSentence(fault)).toMatch(/^[A-ZÀ-Ü].*[.]$|PDF"}$/)
  })

  it('never holds what was typed as HTML or an address of another kind, however it is marked', () => {
    const body = [
      '[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) <javascript:alert(1)> [c](vbscript:x) [d](data:x)',
      '<img src=x onerror=alert(1)> ![x](javascript:alert(1)) [e](\\/\\/exemple.fr) [f](/\\exemple.fr)',
      '[g][h]\n\n[h]: javascript:alert(1)',
    ].join('\n\n')
    const told = JSON.stringify(parsePage(body, facts).tree)
    expect(told).not.toMatch(/"to":"(?!\/[a-z]|https:|tel:|sms:|mailto:)/i)
    expect(told).not.toContain('onerror')
  })

  it('is read in a moment, whatever marks are repeated', () => {
    const from = performance.now()
    for (const mark of [
      '>',
      '[',
      '*',
      '- ',
      '![',
      '`',
      ':::a\n',
      '<',
      '> - ',
      '&',
      ':a[',
      '~a~~b',
      '**a*b',
      '|a|b|\n',
    ])
      parsePage(mark.repeat(50_000 / mark.length), facts)
    expect(performance.now() - from).toBeLessThan(5_000)
  })
})
