import { mount } from 'svelte'
import './look/tokens.css'
import './look/base.css'
import './look/overlays.css'
import App from './App.svelte'

const target = document.getElementById('window')
if (target === null) throw new Error('index.html has no element with the id "window"')

mount(App, { target })
