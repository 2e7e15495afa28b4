import { mount } from 'svelte'
import '../look/tokens.css'
import '../look/base.css'
import Prompt from './Prompt.svelte'

const target = document.getElementById('window')
if (target === null) throw new Error('prompt.html has no element with the id "window"')

mount(Prompt, { target })
