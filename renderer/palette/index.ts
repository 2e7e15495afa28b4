import { mount } from 'svelte'
import '../look/tokens.css'
import '../look/base.css'
import Palette from './Palette.svelte'

const target = document.getElementById('window')
if (target === null) throw new Error('palette.html has no element with the id "window"')

mount(Palette, { target })
