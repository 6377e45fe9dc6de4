/**
 * The signs of both doors, from Lucide: drawn beside words, never instead of them. Each is the inside of an
 * `<svg viewBox="0 0 24 24">` drawn by lines. A door takes those it draws; bundlers leave the others out.
 */
import {
  Accessibility,
  ArrowLeftRight,
  Ban,
  Building2,
  Bus,
  Calendar,
  Car,
  ChartColumn,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  CircleCheck,
  CircleQuestionMark,
  CircleX,
  Clock,
  Compass,
  DoorOpen,
  Download,
  FileText,
  House,
  Info,
  LayoutGrid,
  Lock,
  LogOut,
  Mail,
  MapPin,
  Menu,
  MessageSquare,
  Pencil,
  Phone,
  Plus,
  Printer,
  Search,
  Send,
  Shield,
  TriangleAlert,
  Undo2,
  User,
  Users,
  X,
} from 'lucide-static'
import { mark as markPath } from './mark'

/** What an icon's file holds between its tags. */
const inside = (svg: string) =>
  svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('<')).trim()

export const mark = `<path d="${markPath}"/>`
export const help = /* @__PURE__ */ inside(CircleQuestionMark)
export const home = /* @__PURE__ */ inside(House)
export const people = /* @__PURE__ */ inside(Users)
export const person = /* @__PURE__ */ inside(User)
export const calendar = /* @__PURE__ */ inside(Calendar)
export const message = /* @__PURE__ */ inside(MessageSquare)
export const mail = /* @__PURE__ */ inside(Mail)
export const phone = /* @__PURE__ */ inside(Phone)
export const swap = /* @__PURE__ */ inside(ArrowLeftRight)
export const exit = /* @__PURE__ */ inside(LogOut)
export const lock = /* @__PURE__ */ inside(Lock)
export const shield = /* @__PURE__ */ inside(Shield)
export const chart = /* @__PURE__ */ inside(ChartColumn)
export const grid = /* @__PURE__ */ inside(LayoutGrid)
export const place = /* @__PURE__ */ inside(MapPin)
export const building = /* @__PURE__ */ inside(Building2)
export const pen = /* @__PURE__ */ inside(Pencil)
export const plus = /* @__PURE__ */ inside(Plus)
export const search = /* @__PURE__ */ inside(Search)
export const menu = /* @__PURE__ */ inside(Menu)
export const down = /* @__PURE__ */ inside(ChevronDown)
export const previous = /* @__PURE__ */ inside(ChevronLeft)
export const next = /* @__PURE__ */ inside(ChevronRight)
export const check = /* @__PURE__ */ inside(Check)
export const cross = /* @__PURE__ */ inside(X)
export const undo = /* @__PURE__ */ inside(Undo2)
export const paper = /* @__PURE__ */ inside(FileText)
export const print = /* @__PURE__ */ inside(Printer)
export const download = /* @__PURE__ */ inside(Download)
export const send = /* @__PURE__ */ inside(Send)
export const clock = /* @__PURE__ */ inside(Clock)
export const forbidden = /* @__PURE__ */ inside(Ban)
export const warning = /* @__PURE__ */ inside(TriangleAlert)
export const info = /* @__PURE__ */ inside(Info)
export const success = /* @__PURE__ */ inside(CircleCheck)
export const error = /* @__PURE__ */ inside(CircleX)
export const compass = /* @__PURE__ */ inside(Compass)
export const bus = /* @__PURE__ */ inside(Bus)
export const car = /* @__PURE__ */ inside(Car)
export const wheelchair = /* @__PURE__ */ inside(Accessibility)
export const door = /* @__PURE__ */ inside(DoorOpen)
