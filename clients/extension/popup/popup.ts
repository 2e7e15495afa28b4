import { mount } from 'svelte'
import './popup.css'
import { language } from '../texts/texts.ts'
import Popup from './Popup.svelte'

/** The browser's theme, like the app's default. */
const dark = matchMedia('(prefers-color-scheme: dark)')
function follow(): void {
  document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light'
}
follow()
dark.addEventListener('change', follow)

document.documentElement.lang = language
document.documentElement.classList.toggle('in-tab', location.search === '?pair')

const target = document.querySelector('#popup')
if (target) mount(Popup, { target })
