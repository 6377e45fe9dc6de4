import { combineStyles } from './adminjs'
import { tokens } from '../../resources/shared/design/tokens'

/**
 * What AdminJS draws by itself takes our tokens, as plain values: its theme does not resolve
 * `var()` everywhere. Its own greys are too pale to be read.
 */
const drawn = combineStyles({
  colors: {
    primary100: tokens.brand,
    primary80: tokens['brand-strong'],
    primary60: tokens['brand-line'],
    primary40: tokens['brand-line'],
    primary20: tokens['brand-soft'],
    accent: tokens.brand,
    love: tokens.brand,
    text: tokens.ink,
    grey100: tokens.ink,
    black: tokens.ink,
    grey80: tokens['ink-2'],
    grey60: tokens['ink-3'],
    grey40: tokens['line-2'],
    grey20: tokens['off-soft'],
    bg: tokens.paper,
    container: tokens.surface,
    white: tokens.surface,
    sidebar: tokens['surface-2'],
    filterBg: tokens['surface-2'],
    highlight: tokens['surface-2'],
    border: tokens.line,
    separator: tokens['line-2'],
    inputBorder: tokens.field,
    error: tokens.bad,
    errorDark: tokens.bad,
    errorLight: tokens['bad-soft'],
    success: tokens.ok,
    successDark: tokens.ok,
    successLight: tokens['ok-soft'],
    warning: tokens.warn,
    warningDark: tokens.warn,
    warningLight: tokens['warn-soft'],
    info: tokens.info,
    infoDark: tokens.info,
    infoLight: tokens['info-soft'],
  },
  fontSizes: {
    xs: '12px',
    sm: '13px',
    md: '14px',
    default: '14px',
    lg: '16px',
    xl: '18px',
    h4: '22px',
    h3: '22px',
    h2: '28px',
    h1: '34px',
  },
  space: {
    xs: '2px',
    sm: '4px',
    md: '8px',
    default: '8px',
    lg: '16px',
    xl: '24px',
    xxl: '32px',
    x3: '48px',
    x4: '64px',
  },
  sizes: { sidebarWidth: tokens.side, navbarHeight: tokens.bar, maxFormWidth: '740px' },
  shadows: {
    card: tokens.lift,
    cardHover: tokens.lift,
    inputFocus: tokens['focus-ring'],
    buttonFocus: tokens['focus-ring'],
  },
  borders: { default: `1px solid ${tokens.line}` },
})

export const theme = { ...drawn, font: tokens.font }
