import type { CivilDate } from '../resources/shared/civil-time'

/**
 * The public site before the 106 criteria of the RGAA 4.1.2: how each was looked at, when, and what was seen.
 * /accessibilite and the words at the foot of every page are made of it. What nobody looked at has no look: it is
 * untested, and said so.
 */
export interface Criterion {
  number: string
  title: string
  look?: Look
}

interface Look {
  result: 'conforme' | 'non conforme' | 'non applicable'
  how: ByTest | 'by hand'
  on: CivilDate
  /** What was seen, or why it does not apply. */
  note: string
}

/** At each change, by the test of this title. */
interface ByTest {
  file: string
  test: string
}

interface Theme {
  name: string
  criteria: readonly Criterion[]
}

/** An audit of the whole by somebody trained to it: without one, the site may not say more than "non conforme". */
export interface Audit {
  by: string
  on: CivilDate
}
export const audit = null as Audit | null

export type State = 'totalement conforme' | 'partiellement conforme' | 'non conforme'

/** How many criteria were looked at, and what was seen; the rate is that of the applicable ones that were. */
export function tally(among: readonly Theme[] = themes) {
  const all = among.flatMap(({ criteria }) => criteria)
  const seen = (result: Look['result']) => all.filter(({ look }) => look?.result === result)
  const [conforming, failing] = [seen('conforme').length, seen('non conforme')]
  const applicable = conforming + failing.length
  const untested = all.filter(({ look }) => !look).length
  return {
    total: all.length,
    tested: all.length - untested,
    untested,
    notApplicable: seen('non applicable').length,
    applicable,
    conforming,
    failing,
    /** Never rounded up to what it is not. */
    rate: applicable === 0 ? null : Math.floor((conforming * 100) / applicable),
    lastLook:
      all
        .map(({ look }) => look?.on ?? '')
        .toSorted()
        .at(-1) ?? '',
  }
}

/** What the law lets the site say of itself. */
export function stateOf(
  { rate, untested }: Pick<ReturnType<typeof tally>, 'rate' | 'untested'>,
  by: Audit | null,
): State {
  if (!by || rate === null || rate < 50) return 'non conforme'
  return rate === 100 && untested === 0 ? 'totalement conforme' : 'partiellement conforme'
}

export const accessibilityState = (): State => stateOf(tally(), audit)

/** What was looked at by hand, in the demonstration. */
export const sample: readonly string[] = [
  'Accueil',
  'Recherche sur le site, avec résultats',
  'Recherche d’un service, avec résultats',
  'Liste des départements',
  'Un département',
  'La page d’un service, et celle d’un service fermé',
  'Comprendre ma peine\u00a0: l’accueil de la rubrique, un dossier en accordéons, une page avec tableau, le glossaire',
  'Questions fréquentes',
  'Facile à lire',
  'Statistiques',
  'État du service',
  'Contact, et le formulaire avec ses erreurs',
  'Je ne peux pas venir, et le message à un service',
  'Demande de déploiement, demande de formation, et leurs erreurs',
  'Arrêt des SMS, avant et après',
  'Connexion des agents, avec une erreur',
  'Accessibilité, mentions légales, données personnelles, cookies',
  'Plan du site',
  'Page non trouvée',
]

const on: CivilDate = '2026-11-30'
const byHand =
  (result: Look['result']) =>
  (note: string): Look => ({ result, how: 'by hand', on, note })
const conforming = byHand('conforme')
const absent = byHand('non applicable')
const byTest =
  (file: string, test: string) =>
  (note: string): Look => ({ result: 'conforme', how: { file, test }, on, note })
const axe = byTest('tests/journeys/portal.test.ts', 'fits in three widths and passes axe, light and dark')
const looked = byTest(
  'tests/journeys/portal.test.ts',
  '%s is light, still, and works for every eye and by the keyboard',
)
const valid = byTest('tests/portal/public.test.ts', '%s is HTML as the standard writes it')
const titled = byTest('tests/portal/public.test.ts', 'has a title of its own')
const framed = byTest(
  'tests/portal/public.test.ts',
  '%s has one h1, a language, skip links that lead somewhere',
)
const keyboarded = byTest(
  'tests/journeys/portal.test.ts',
  'is skipped to, opened and closed by the keyboard alone',
)
const refused = byTest(
  'tests/journeys/site-forms.test.ts',
  'the forms of the site fit in $width px and pass axe, $colorScheme, sound and refused, without JavaScript',
)

export const themes: readonly Theme[] = [
  {
    name: 'Images',
    criteria: [
      {
        number: '1.1',
        title: 'Chaque image porteuse d’information a-t-elle une alternative textuelle\u00a0?',
        look: absent(
          'Aucune image porteuse d’information\u00a0: les dessins accompagnent des mots qui disent la même chose.',
        ),
      },
      {
        number: '1.2',
        title:
          'Chaque image de décoration est-elle correctement ignorée par les technologies d’assistance\u00a0?',
        look: conforming('Chaque dessin a aria-hidden et n’a pas de titre.'),
      },
      {
        number: '1.3',
        title:
          'Pour chaque image porteuse d’information ayant une alternative textuelle, cette alternative est-elle pertinente\u00a0?',
        look: absent(
          'Aucune image porteuse d’information\u00a0: les dessins accompagnent des mots qui disent la même chose.',
        ),
      },
      {
        number: '1.4',
        title:
          'Pour chaque image utilisée comme CAPTCHA ou comme image-test, l’alternative permet-elle d’identifier sa nature et sa fonction\u00a0?',
        look: absent('Aucun CAPTCHA.'),
      },
      {
        number: '1.5',
        title:
          'Pour chaque image utilisée comme CAPTCHA, une solution d’accès alternatif est-elle présente\u00a0?',
        look: absent('Aucun CAPTCHA.'),
      },
      {
        number: '1.6',
        title:
          'Chaque image porteuse d’information a-t-elle, si nécessaire, une description détaillée\u00a0?',
        look: absent(
          'Aucune image porteuse d’information\u00a0: les dessins accompagnent des mots qui disent la même chose.',
        ),
      },
      {
        number: '1.7',
        title:
          'Pour chaque image ayant une description détaillée, cette description est-elle pertinente\u00a0?',
        look: absent(
          'Aucune image porteuse d’information\u00a0: les dessins accompagnent des mots qui disent la même chose.',
        ),
      },
      {
        number: '1.8',
        title:
          'Chaque image texte porteuse d’information est-elle, si possible, remplacée par du texte stylé\u00a0?',
        look: absent('Aucun texte en image\u00a0: le nom du site est du texte.'),
      },
      {
        number: '1.9',
        title: 'Chaque légende d’image est-elle, si nécessaire, correctement reliée à l’image\u00a0?',
        look: absent('Aucune image légendée.'),
      },
    ],
  },
  {
    name: 'Cadres',
    criteria: [
      { number: '2.1', title: 'Chaque cadre a-t-il un titre de cadre\u00a0?', look: absent('Aucun cadre.') },
      {
        number: '2.2',
        title: 'Pour chaque cadre ayant un titre, ce titre est-il pertinent\u00a0?',
        look: absent('Aucun cadre.'),
      },
    ],
  },
  {
    name: 'Couleurs',
    criteria: [
      {
        number: '3.1',
        title: 'L’information n’est-elle jamais donnée uniquement par la couleur\u00a0?',
        look: conforming(
          'Erreurs, alertes, page en cours et champs facultatifs sont dits par un mot, une graisse ou un trait, pas seulement par la couleur.',
        ),
      },
      {
        number: '3.2',
        title:
          'Le contraste entre la couleur du texte et celle de son arrière-plan est-il suffisamment élevé\u00a0?',
        look: axe('Contraste mesuré par axe, en clair et en sombre, sur chaque sorte de page.'),
      },
      {
        number: '3.3',
        title:
          'Les couleurs des composants d’interface et des éléments graphiques porteurs d’informations sont-elles suffisamment contrastées\u00a0?',
        look: conforming(
          'Contrastes calculés sur les couleurs du site\u00a0: bord des champs 4,2 et plus, boutons 7 et plus, contour du focus 5,3 et plus, en clair et en sombre.',
        ),
      },
    ],
  },
  {
    name: 'Multimédia',
    criteria: [
      {
        number: '4.1',
        title:
          'Chaque média temporel pré-enregistré a-t-il, si nécessaire, une transcription textuelle ou une audiodescription\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.2',
        title:
          'Pour chaque média temporel pré-enregistré, la transcription ou l’audiodescription est-elle pertinente\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.3',
        title:
          'Chaque média temporel synchronisé pré-enregistré a-t-il, si nécessaire, des sous-titres synchronisés\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.4',
        title: 'Pour chaque média temporel sous-titré, les sous-titres sont-ils pertinents\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.5',
        title:
          'Chaque média temporel pré-enregistré a-t-il, si nécessaire, une audiodescription synchronisée\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.6',
        title: 'Pour chaque média temporel ayant une audiodescription, celle-ci est-elle pertinente\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.7',
        title: 'Chaque média temporel est-il clairement identifiable\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.8',
        title: 'Chaque média non temporel a-t-il, si nécessaire, une alternative\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.9',
        title:
          'Pour chaque média non temporel ayant une alternative, cette alternative est-elle pertinente\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.10',
        title: 'Chaque son déclenché automatiquement est-il contrôlable par l’utilisateur\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.11',
        title:
          'La consultation de chaque média temporel est-elle contrôlable par le clavier et tout dispositif de pointage\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.12',
        title:
          'La consultation de chaque média non temporel est-elle contrôlable par le clavier et tout dispositif de pointage\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
      {
        number: '4.13',
        title:
          'Chaque média temporel et non temporel est-il compatible avec les technologies d’assistance\u00a0?',
        look: absent('Aucun son, aucune vidéo, aucune animation.'),
      },
    ],
  },
  {
    name: 'Tableaux',
    criteria: [
      {
        number: '5.1',
        title: 'Chaque tableau de données complexe a-t-il un résumé\u00a0?',
        look: absent('Aucun tableau complexe\u00a0: une ligne et une colonne d’en-têtes.'),
      },
      {
        number: '5.2',
        title: 'Pour chaque tableau de données complexe ayant un résumé, celui-ci est-il pertinent\u00a0?',
        look: absent('Aucun tableau complexe.'),
      },
      {
        number: '5.3',
        title: 'Pour chaque tableau de mise en forme, le contenu linéarisé reste-t-il compréhensible\u00a0?',
        look: absent('Aucun tableau de mise en forme.'),
      },
      {
        number: '5.4',
        title:
          'Pour chaque tableau de données ayant un titre, le titre est-il correctement associé au tableau\u00a0?',
        look: conforming('Chaque tableau a un élément caption, qui nomme aussi la zone où il défile.'),
      },
      {
        number: '5.5',
        title: 'Pour chaque tableau de données ayant un titre, celui-ci est-il pertinent\u00a0?',
        look: conforming('Les titres disent ce que chaque tableau montre.'),
      },
      {
        number: '5.6',
        title:
          'Pour chaque tableau de données, les en-têtes de colonnes et de lignes sont-ils correctement déclarés\u00a0?',
        look: conforming('En-têtes de colonnes et de lignes en th avec scope.'),
      },
      {
        number: '5.7',
        title:
          'Pour chaque tableau de données, chaque cellule est-elle associée à ses en-têtes par la technique appropriée\u00a0?',
        look: conforming('Tableaux simples\u00a0: scope suffit.'),
      },
      {
        number: '5.8',
        title: 'Chaque tableau de mise en forme est-il sans élément propre aux tableaux de données\u00a0?',
        look: absent('Aucun tableau de mise en forme.'),
      },
    ],
  },
  {
    name: 'Liens',
    criteria: [
      {
        number: '6.1',
        title: 'Chaque lien est-il explicite\u00a0?',
        look: conforming(
          'Liens du contenu lus un par un, hors de leur phrase. Deux liens de même nom ne mènent à deux endroits sur aucune page regardée.',
        ),
      },
      {
        number: '6.2',
        title: 'Chaque lien a-t-il un intitulé\u00a0?',
        look: axe('axe refuse un lien sans nom, sur chaque sorte de page.'),
      },
    ],
  },
  {
    name: 'Scripts',
    criteria: [
      {
        number: '7.1',
        title: 'Chaque script est-il, si nécessaire, compatible avec les technologies d’assistance\u00a0?',
      },
      {
        number: '7.2',
        title: 'Pour chaque script ayant une alternative, cette alternative est-elle pertinente\u00a0?',
        look: absent(
          'Aucun script ne remplace un contenu\u00a0: les pages disent la même chose sans JavaScript.',
        ),
      },
      {
        number: '7.3',
        title: 'Chaque script est-il contrôlable par le clavier et par tout dispositif de pointage\u00a0?',
        look: conforming('La case «\u00a0Afficher\u00a0» s’atteint et se coche au clavier.'),
      },
      {
        number: '7.4',
        title:
          'Pour chaque script qui change le contexte, l’utilisateur est-il averti ou en a-t-il le contrôle\u00a0?',
        look: absent('Aucun script ne change de page ni de contexte.'),
      },
      {
        number: '7.5',
        title:
          'Les messages de statut sont-ils correctement restitués par les technologies d’assistance\u00a0?',
      },
    ],
  },
  {
    name: 'Éléments obligatoires',
    criteria: [
      {
        number: '8.1',
        title: 'Chaque page est-elle définie par un type de document\u00a0?',
        look: valid('Une page sans doctype est refusée.'),
      },
      {
        number: '8.2',
        title: 'Le code source généré est-il valide selon le type de document\u00a0?',
        look: valid('html-validate et parse5\u00a0: aucune faute.'),
      },
      {
        number: '8.3',
        title: 'La langue par défaut est-elle présente dans chaque page\u00a0?',
        look: framed('lang="fr" sur chaque page.'),
      },
      {
        number: '8.4',
        title: 'Le code de langue est-il pertinent\u00a0?',
        look: conforming('Les pages sont en français, et le disent.'),
      },
      {
        number: '8.5',
        title: 'Chaque page a-t-elle un titre de page\u00a0?',
        look: titled('Chaque page a un titre, que nulle autre n’a.'),
      },
      {
        number: '8.6',
        title: 'Pour chaque page ayant un titre, ce titre est-il pertinent\u00a0?',
        look: conforming(
          'Titres lus sur les pages regardées\u00a0: ils nomment la page et la rubrique, et disent une erreur ou ce qui est fait.',
        ),
      },
      {
        number: '8.7',
        title: 'Chaque changement de langue est-il indiqué dans le code source\u00a0?',
        look: absent(
          'Aucun passage dans une autre langue\u00a0: des noms propres et des mots passés dans l’usage.',
        ),
      },
      {
        number: '8.8',
        title: 'Le code de langue de chaque changement est-il valide et pertinent\u00a0?',
        look: absent('Aucun changement de langue.'),
      },
      {
        number: '8.9',
        title: 'Les balises ne sont-elles jamais utilisées uniquement à des fins de présentation\u00a0?',
        look: conforming(
          'Aucun paragraphe vide, aucune suite de retours à la ligne. Les balises b entourent des mots à voir d’abord.',
        ),
      },
      {
        number: '8.10',
        title: 'Les changements du sens de lecture sont-ils signalés\u00a0?',
        look: absent('Tout se lit de gauche à droite.'),
      },
    ],
  },
  {
    name: 'Structuration de l’information',
    criteria: [
      {
        number: '9.1',
        title: 'L’information est-elle structurée par l’utilisation appropriée de titres\u00a0?',
        look: conforming(
          'Titres lus page par page\u00a0: un h1, puis des h2 et des h3 sans saut, qui nomment leur partie.',
        ),
      },
      {
        number: '9.2',
        title: 'La structure du document est-elle cohérente\u00a0?',
        look: axe('axe vérifie qu’en-tête, navigation, contenu et pied de page sont là, une seule fois.'),
      },
      {
        number: '9.3',
        title: 'Chaque liste est-elle correctement structurée\u00a0?',
        look: conforming(
          'Menus, fil d’Ariane, résultats, étapes et énumérations sont des listes\u00a0; les horaires, une liste de descriptions.',
        ),
      },
      {
        number: '9.4',
        title: 'Chaque citation est-elle correctement indiquée\u00a0?',
        look: absent('Aucune citation.'),
      },
    ],
  },
  {
    name: 'Présentation de l’information',
    criteria: [
      {
        number: '10.1',
        title: 'Des feuilles de styles contrôlent-elles la présentation de l’information\u00a0?',
        look: valid(
          'html-validate refuse les balises et attributs de présentation\u00a0; un autre test, l’attribut style.',
        ),
      },
      {
        number: '10.2',
        title: 'Le contenu visible porteur d’information reste-t-il présent sans feuilles de styles\u00a0?',
        look: conforming(
          'Pages affichées sans styles\u00a0: tout le texte est là. Les signes ajoutés par les styles sont décoratifs.',
        ),
      },
      {
        number: '10.3',
        title: 'L’information reste-t-elle compréhensible sans feuilles de styles\u00a0?',
        look: conforming(
          'Pages lues sans styles\u00a0: l’ordre est celui de l’écran, aucun mot n’est collé à un autre.',
        ),
      },
      {
        number: '10.4',
        title:
          'Le texte reste-t-il lisible quand la taille des caractères est augmentée jusqu’à 200\u00a0%\u00a0?',
        look: looked(
          'Taille du texte doublée, à 1280 et à 320 pixels\u00a0: rien n’est coupé ni ne dépasse.',
        ),
      },
      {
        number: '10.5',
        title:
          'Les déclarations CSS de couleurs de fond et de police sont-elles correctement utilisées\u00a0?',
        look: conforming(
          'La page et chaque composant qui fixe une couleur de texte ont une couleur de fond.',
        ),
      },
      {
        number: '10.6',
        title:
          'Chaque lien dont la nature n’est pas évidente est-il visible par rapport au texte environnant\u00a0?',
        look: conforming('Les liens dans une phrase sont soulignés.'),
      },
      {
        number: '10.7',
        title: 'Pour chaque élément recevant le focus, la prise de focus est-elle visible\u00a0?',
        look: looked('Chaque arrêt de la touche Tab change d’aspect, en clair.'),
      },
      {
        number: '10.8',
        title: 'Les contenus cachés ont-ils vocation à être ignorés par les technologies d’assistance\u00a0?',
        look: conforming(
          'Cachés de tous\u00a0: le menu d’une autre largeur, le piège à robots, les accordéons fermés, les dessins. Cachés de la vue\u00a0: des mots utiles à qui écoute.',
        ),
      },
      {
        number: '10.9',
        title:
          'L’information n’est-elle jamais donnée uniquement par la forme, la taille ou la position\u00a0?',
        look: conforming('Aucun texte ne renvoie à une forme, une taille ou une place à l’écran seules.'),
      },
      {
        number: '10.10',
        title:
          'La règle sur la forme, la taille ou la position est-elle appliquée de façon pertinente\u00a0?',
        look: conforming('Rien à chercher par sa forme ou sa place\u00a0: chaque partie a un titre.'),
      },
      {
        number: '10.11',
        title:
          'Les contenus se lisent-ils sans défilement horizontal à 320 px de large, ni vertical à 256 px de haut\u00a0?',
        look: looked(
          'À 320 pixels de large, rien ne défile sur le côté, sauf les tableaux, dans leur cadre.',
        ),
      },
      {
        number: '10.12',
        title:
          'Les espacements du texte peuvent-ils être redéfinis sans perte de contenu ou de fonctionnalité\u00a0?',
        look: looked('Lignes, lettres et mots plus espacés\u00a0: rien n’est coupé ni ne dépasse.'),
      },
      {
        number: '10.13',
        title:
          'Les contenus additionnels qui apparaissent au focus ou au survol sont-ils contrôlables par l’utilisateur\u00a0?',
        look: absent('Rien n’apparaît au survol\u00a0; au focus, seuls les liens d’accès rapide.'),
      },
      {
        number: '10.14',
        title:
          'Les contenus additionnels qui apparaissent par les styles CSS seuls sont-ils accessibles au clavier et au pointeur\u00a0?',
        look: absent('Rien n’apparaît par les styles seuls.'),
      },
    ],
  },
  {
    name: 'Formulaires',
    criteria: [
      {
        number: '11.1',
        title: 'Chaque champ de formulaire a-t-il une étiquette\u00a0?',
        look: axe('axe refuse un champ sans étiquette.'),
      },
      {
        number: '11.2',
        title: 'Chaque étiquette associée à un champ est-elle pertinente\u00a0?',
        look: conforming('Étiquettes lues une par une, avec leurs exemples.'),
      },
      {
        number: '11.3',
        title: 'Chaque étiquette de même fonction est-elle cohérente dans la page et entre les pages\u00a0?',
        look: conforming(
          'La recherche d’un service et l’identité ont les mêmes étiquettes d’une page à l’autre.',
        ),
      },
      {
        number: '11.4',
        title: 'Chaque étiquette et son champ sont-ils accolés\u00a0?',
        look: conforming('Étiquette au-dessus du champ\u00a0; à droite des cases.'),
      },
      {
        number: '11.5',
        title: 'Les champs de même nature sont-ils regroupés, si nécessaire\u00a0?',
        look: conforming(
          'Cases et boutons radio dans un fieldset\u00a0; les parties des longs formulaires ont un titre.',
        ),
      },
      {
        number: '11.6',
        title: 'Chaque regroupement de champs a-t-il une légende\u00a0?',
        look: conforming('Chaque fieldset a une légende.'),
      },
      {
        number: '11.7',
        title: 'Chaque légende de regroupement est-elle pertinente\u00a0?',
        look: conforming('Légendes lues\u00a0: elles posent la question.'),
      },
      {
        number: '11.8',
        title:
          'Les items de même nature d’une liste de choix sont-ils regroupés de manière pertinente\u00a0?',
        look: absent('Une seule liste de choix, celle des départements, d’une seule sorte.'),
      },
      {
        number: '11.9',
        title: 'L’intitulé de chaque bouton est-il pertinent\u00a0?',
        look: conforming(
          'Boutons lus\u00a0: «\u00a0Trouver mon service\u00a0», «\u00a0Envoyer la demande\u00a0»… «\u00a0Oui\u00a0» et «\u00a0Non\u00a0» sont dans un groupe qui porte la question.',
        ),
      },
      {
        number: '11.10',
        title: 'Le contrôle de saisie est-il utilisé de manière pertinente\u00a0?',
        look: refused(
          'Champs obligatoires dits avant, erreurs liées au champ, résumé qui prend le focus, titre de page qui dit «\u00a0Erreur\u00a0».',
        ),
      },
      {
        number: '11.11',
        title:
          'Le contrôle de saisie est-il accompagné, si nécessaire, de suggestions qui facilitent la correction\u00a0?',
        look: conforming('Les erreurs de forme donnent un exemple.'),
      },
      {
        number: '11.12',
        title:
          'Les données à conséquences financières ou juridiques peuvent-elles être modifiées, vérifiées ou récupérées\u00a0?',
        look: conforming(
          'Refuser les SMS demande de lire une page, puis d’appuyer\u00a0; le service peut le défaire.',
        ),
      },
      {
        number: '11.13',
        title:
          'La finalité des champs peut-elle être déduite pour faciliter le remplissage automatique\u00a0?',
        look: conforming(
          'Nom, prénom, e-mail, fonction, service et mot de passe de la personne qui écrit ont leur attribut autocomplete.',
        ),
      },
    ],
  },
  {
    name: 'Navigation',
    criteria: [
      {
        number: '12.1',
        title: 'Chaque ensemble de pages dispose-t-il d’au moins deux systèmes de navigation\u00a0?',
        look: conforming('Menu, recherche et plan du site.'),
      },
      {
        number: '12.2',
        title: 'Le menu et les barres de navigation sont-ils toujours à la même place\u00a0?',
        look: conforming('Même menu, même pied de page, à la même place.'),
      },
      {
        number: '12.3',
        title: 'La page «\u00a0plan du site\u00a0» est-elle pertinente\u00a0?',
        look: conforming(
          'Le plan donne les pages fixes, les pages d’information et la page de chaque service.',
        ),
      },
      {
        number: '12.4',
        title:
          'La page «\u00a0plan du site\u00a0» est-elle accessible de la même façon depuis chaque page\u00a0?',
        look: conforming('Dans le pied de page, partout.'),
      },
      {
        number: '12.5',
        title: 'Le moteur de recherche est-il atteignable de la même façon depuis chaque page\u00a0?',
        look: conforming('«\u00a0Rechercher\u00a0», dans le menu, partout.'),
      },
      {
        number: '12.6',
        title: 'Les zones présentes dans plusieurs pages peuvent-elles être atteintes ou évitées\u00a0?',
        look: conforming('Zones en header, nav, main et footer, et liens d’accès rapide.'),
      },
      {
        number: '12.7',
        title: 'Un lien d’évitement ou d’accès rapide au contenu principal est-il présent\u00a0?',
        look: framed('Premier lien de la page\u00a0; un autre test vérifie qu’il mène au contenu.'),
      },
      {
        number: '12.8',
        title: 'L’ordre de tabulation est-il cohérent\u00a0?',
        look: looked('Tab suit l’ordre de la page, du premier élément au dernier.'),
      },
      {
        number: '12.9',
        title: 'La navigation est-elle sans piège au clavier\u00a0?',
        look: looked('Tab va jusqu’au bout de chaque page.'),
      },
      {
        number: '12.10',
        title: 'Les raccourcis clavier d’une seule touche sont-ils contrôlables par l’utilisateur\u00a0?',
        look: absent('Aucun raccourci clavier.'),
      },
      {
        number: '12.11',
        title: 'Les contenus additionnels sont-ils, si nécessaire, atteignables au clavier\u00a0?',
        look: keyboarded('Menu replié et accordéons s’ouvrent et se ferment au clavier.'),
      },
    ],
  },
  {
    name: 'Consultation',
    criteria: [
      {
        number: '13.1',
        title: 'L’utilisateur a-t-il le contrôle de chaque limite de temps qui modifie le contenu\u00a0?',
        look: absent('Aucune limite de temps sur les pages publiques.'),
      },
      {
        number: '13.2',
        title: 'Aucune nouvelle fenêtre ne s’ouvre-t-elle sans action de l’utilisateur\u00a0?',
        look: conforming('Aucune fenêtre ne s’ouvre d’elle-même\u00a0; aucun lien n’en ouvre.'),
      },
      {
        number: '13.3',
        title:
          'Chaque document bureautique en téléchargement a-t-il, si nécessaire, une version accessible\u00a0?',
        look: absent('Aucun document à télécharger.'),
      },
      {
        number: '13.4',
        title:
          'Pour chaque document ayant une version accessible, cette version offre-t-elle la même information\u00a0?',
        look: absent('Aucun document à télécharger.'),
      },
      {
        number: '13.5',
        title: 'Chaque contenu cryptique (art ASCII, émoticône) a-t-il une alternative\u00a0?',
        look: absent('Aucun contenu cryptique.'),
      },
      {
        number: '13.6',
        title:
          'Pour chaque contenu cryptique ayant une alternative, cette alternative est-elle pertinente\u00a0?',
        look: absent('Aucun contenu cryptique.'),
      },
      {
        number: '13.7',
        title:
          'Les changements brusques de luminosité et les effets de flash sont-ils correctement utilisés\u00a0?',
        look: absent('Aucun flash.'),
      },
      {
        number: '13.8',
        title: 'Chaque contenu en mouvement ou clignotant est-il contrôlable par l’utilisateur\u00a0?',
        look: absent('Rien ne bouge.'),
      },
      {
        number: '13.9',
        title: 'Le contenu est-il consultable quelle que soit l’orientation de l’écran\u00a0?',
        look: conforming(
          'Aucun style ni script ne bloque l’orientation\u00a0; pages regardées à 320 et à 1280 pixels.',
        ),
      },
      {
        number: '13.10',
        title:
          'Les fonctions disponibles par un geste complexe le sont-elles aussi par un geste simple\u00a0?',
        look: absent('Aucun geste complexe.'),
      },
      {
        number: '13.11',
        title: 'Les actions du pointeur sur un point unique peuvent-elles être annulées\u00a0?',
        look: conforming('Boutons et liens natifs\u00a0: rien ne part avant de relâcher.'),
      },
      {
        number: '13.12',
        title:
          'Les fonctions qui impliquent un mouvement de l’appareil ont-elles une autre façon de faire\u00a0?',
        look: absent('Aucun mouvement de l’appareil.'),
      },
    ],
  },
]
