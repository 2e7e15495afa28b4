import { mount } from 'svelte'
import '../../ui/styles/tokens.css'
import '../../ui/styles/base.css'
import '../../ui/styles/overlays.css'
import App from './App.svelte'
import { languageOfPage, setLanguage } from '../../i18n/texts.svelte.ts'

const target = document.getElementById('window')
if (target === null) throw new Error('index.html has no element with the id "window"')

// Not awaited at top level: the bundler would then move shared code out of the first chunk.
void setLanguage(languageOfPage()).then(() => {
  mount(App, { target })
})
