import type { ImportKind } from './schema'

export const importKindWords: Record<ImportKind, string> = {
  agents: 'Agents à inviter',
  competent_services: 'Services compétents des communes (SRJ)',
  probationers: 'Personnes suivies (APPI)',
}

/** What became of lines, by kind of file: one, several. */
export const createdWords: Record<ImportKind, readonly [string, string]> = {
  agents: ['agent invité', 'agents invités'],
  competent_services: ['rattachement enregistré', 'rattachements enregistrés'],
  probationers: ['fiche créée', 'fiches créées'],
}
export const linkedWords = ['fiche rattachée à ce service', 'fiches rattachées à ce service'] as const
export const leftAloneWords = ['ligne laissée de côté', 'lignes laissées de côté'] as const
export const refusedWords = ['ligne refusée', 'lignes refusées'] as const

export const importRefusals = {
  'import.empty': 'Ce fichier n’a aucune ligne sous son en-tête.',
  'import.columns_missing':
    'Il manque des colonnes\u00a0: {missing}. La première ligne du fichier doit porter leurs noms\u00a0: {columns}.',
  'import.columns_doubled': 'Plusieurs colonnes portent le même nom\u00a0: {doubled}. Gardez-en une seule.',
  'import.organization_missing': 'Choisissez le service qui suit ces personnes.',
  'import.workbook':
    'Ce fichier est un classeur, pas un fichier CSV. Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format CSV.',
  'import.unreadable':
    'Le fichier ne se lit plus à partir de la ligne {line}\u00a0: un guillemet y est ouvert ou fermé de travers. Rien n’a été importé.',
  'import.too_many_lines': 'Un fichier a {most} lignes au plus. Coupez-le en plusieurs.',
  'import.too_large': 'Un fichier a 20 Mo au plus. Coupez-le en plusieurs.',
} satisfies Record<`import.${string}`, string>

/** Why a line was not taken: never a value of the file, which is erased. */
export const lineReasons = {
  unknownService: 'Aucun service ne porte le nom de la colonne Service.',
  unknownRole: 'Fonction inconnue dans la colonne Fonction. Exemple\u00a0: CPIP.',
  notPermitted: 'Votre rôle ne permet pas d’inviter un agent de cette fonction dans ce service.',
  agentGone: 'Le compte qui a envoyé ce fichier n’existe plus, ou n’a plus ce droit.',
  otherType: 'Type autre que SPIP, ALIP ou TJ\u00a0: ligne sans objet ici.',
  nameless: 'Le nom du service manque, ou dépasse 200 caractères.',
  unknownCity: 'Aucune commune d’aujourd’hui ne porte ce code INSEE.',
  knownAlready: 'Déjà enregistré ainsi.',
  otherMeasure:
    'Mesure sans suivi en milieu ouvert\u00a0: emprisonnement, aménagement de peine ou détention.',
  followedAlready: 'Déjà suivie par ce service.',
  followedByOthers:
    'Déjà suivie par d’autres services\u00a0: un dessaisissement se demande depuis la page «\u00a0Enregistrer et convoquer\u00a0».',
  archivedAlready: 'Fiche archivée\u00a0: un administrateur local peut la désarchiver.',
  limitedAlready: 'L’utilisation de la fiche est limitée, à la demande de la personne.',
  restricted: 'Fiche à part (code 12)\u00a0: à voir avec l’équipe nationale.',
  beingDivested: 'Un dessaisissement est en cours pour cette personne.',
  severalAlike: 'Plusieurs fiches portent cette identité, et la ligne n’a pas de numéro de dossier.',
  alikeWithoutNumber:
    'Une fiche porte la même identité, et un seul des deux a un numéro APPI\u00a0: vérifiez, puis complétez-la.',
  unreadableBirth: 'La date de naissance ne se lit pas. Exemple\u00a0: 12/04/1991.',
  serviceGone: 'Le service choisi n’existe plus.',
  saidTwice:
    'Une ligne plus bas dit un autre service du même type pour cette commune\u00a0: elle est retenue.',
} as const
