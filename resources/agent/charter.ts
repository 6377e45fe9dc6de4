/**
 * The security charter every agent accepts before anything else. A new version asks everybody
 * again: change the version whenever the text changes in meaning.
 */
export const charterVersion = '2026-11'

export interface CharterArticle {
  title: string
  paragraphs: readonly string[]
}

export const charter: readonly CharterArticle[] = [
  {
    title: 'À quoi sert ce service',
    paragraphs: [
      'Mon Suivi Justice sert à convoquer les personnes suivies par les services de l’application des peines et les services pénitentiaires d’insertion et de probation, et à leur rappeler leurs convocations.',
      'Seule la convocation papier a une valeur juridique. Un SMS informe et rappelle\u00a0: il ne remplace ni la convocation remise à la personne, ni sa signature, et ne prouve pas qu’elle a été prévenue.',
    ],
  },
  {
    title: 'Un compte par personne',
    paragraphs: [
      'Votre compte est nominatif. Vous seul l’utilisez. Il n’y a pas de compte partagé par un service.',
      'Votre mot de passe a de 12 à 128 caractères. Vous ne l’utilisez nulle part ailleurs et vous ne le communiquez à personne\u00a0: ni à votre hiérarchie, ni à un collègue, ni à l’équipe support, qui ne vous le demandera jamais.',
      'Après trois mots de passe faux, le compte est bloqué pendant 24 heures. Un administrateur local de votre service peut le débloquer.',
      'Vous fermez votre session, ou vous verrouillez votre poste, dès que vous le quittez.',
    ],
  },
  {
    title: 'Arrivées, départs et changements de fonction',
    paragraphs: [
      'L’administrateur local crée les comptes des agents de son service et leur donne la fonction qu’ils exercent.',
      'Quand un agent part ou change de fonction, l’administrateur local modifie ou supprime son compte sans délai.',
    ],
  },
  {
    title: 'Consulter pour les besoins du service',
    paragraphs: [
      'Vous voyez les personnes suivies dans votre ressort. Vous ne consultez une fiche que si vos fonctions le demandent, pour le suivi de cette personne.',
      'Ce que vous lisez est couvert par le secret professionnel. Vous ne le transmettez qu’aux personnes qui ont à en connaître, et vous n’en gardez pas de copie hors des outils du ministère.',
      'Vous n’écrivez dans une fiche que ce que le champ demande. Ni l’infraction ni la mesure ne figurent dans un SMS.',
    ],
  },
  {
    title: 'Ce qui est tracé',
    paragraphs: [
      'Chaque connexion, chaque consultation de fiche et chaque modification est enregistrée\u00a0: qui, quoi, quand. Ces traces sont gardées un an, puis effacées.',
      'Elles servent à comprendre un incident et à répondre à une demande de contrôle. Un usage étranger au service peut entraîner des poursuites disciplinaires et pénales.',
    ],
  },
  {
    title: 'En cas de doute',
    paragraphs: [
      'Vous prévenez sans attendre votre administrateur local et l’équipe support si vous pensez que quelqu’un connaît votre mot de passe, si un SMS est parti vers la mauvaise personne, ou si vous voyez une fiche que vous ne devriez pas voir.',
    ],
  },
]
