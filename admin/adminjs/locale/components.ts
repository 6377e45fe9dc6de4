export const components = {
  DropZone: {
    placeholder: 'Déposez le fichier ici, ou cliquez pour le choisir',
    acceptedSize: 'Taille maximale : {{maxSize}}',
    acceptedType: 'Formats acceptés : {{mimeTypes}}',
    unsupportedSize: 'Le fichier {{fileName}} est trop volumineux',
    unsupportedType: 'Le format du fichier {{fileName}} n’est pas accepté : {{fileType}}',
  },
  LanguageSelector: {
    availableLanguages: {
      de: 'allemand',
      en: 'anglais',
      es: 'espagnol',
      fr: 'français',
      it: 'italien',
      ja: 'japonais',
      pl: 'polonais',
      'pt-BR': 'portugais (Brésil)',
      ua: 'ukrainien',
      'zh-CN': 'chinois',
    },
  },
  Login: {
    welcomeHeader: 'Bonjour',
    welcomeMessage: 'Mon Suivi Justice, l’espace des agents',
    properties: { email: 'Adresse électronique', password: 'Mot de passe' },
    loginButton: 'Se connecter',
  },
}

export const labels = {
  navigation: 'Menu principal',
  pages: 'Pages',
  selectedRecords: 'Choisies ({{selected}})',
  filters: 'Filtres',
  adminVersion: 'Administration : {{version}}',
  appVersion: 'Version : {{version}}',
  dashboard: 'Que faire maintenant',
}

export const properties = {
  length: 'Longueur',
  from: 'Du',
  to: 'Au',
}
