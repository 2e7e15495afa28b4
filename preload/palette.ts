import { expose } from './expose.ts'
import { paletteCalls, paletteEvents } from './palette-contract.ts'

expose('latchkeyPalette', paletteCalls, paletteEvents)
