/**
 * The doctor's sentences by their English text: the order of the steps and their commands are the same in every language. User interface
 * terms of other programs are those of their German versions. A test reports sentences that are missing or no longer used.
 */
export const doctor: Readonly<Record<string, string>> = {
  'The keychain is in order': 'Der Schlüsselbund ist in Ordnung',
  'It answers, it is open, and what Latchkey looked for is there and unchanged.':
    'Er antwortet, er ist offen, und was Latchkey gesucht hat, ist da und unverändert.',
  'Latchkey is not as it was packed': 'Latchkey ist nicht mehr so, wie es verpackt wurde',
  'A file of the app was changed, removed or added since. It may be a bad disk, or somebody who wants your keys.':
    'Eine Datei der App wurde seitdem geändert, entfernt oder hinzugefügt. Das kann ein schadhafter Datenträger sein, oder jemand, der Ihre Schlüssel will.',
  'Quit Latchkey, and install it again from where you got it. Your vault stays as it is.':
    'Latchkey beenden und neu installieren, von dort, wo es herkam. Ihr Tresor bleibt, wie er ist.',
  'The library libsecret is missing': 'Die Bibliothek libsecret fehlt',
  'Latchkey talks to the keyring through it, and it is not installed. Nothing was changed.':
    'Durch sie spricht Latchkey mit dem Schlüsselbund, und sie ist nicht installiert. Nichts wurde geändert.',
  'Install it. On Debian, Ubuntu or Mint:': 'Installieren. Unter Debian, Ubuntu oder Mint:',
  'On Fedora:': 'Unter Fedora:',
  'On Arch Linux:': 'Unter Arch Linux:',
  'This session has no bus': 'Diese Sitzung hat keinen Bus',
  'Programs reach the keyring over the session’s D-Bus, and Latchkey was started where there is none.':
    'Programme erreichen den Schlüsselbund über den D-Bus der Sitzung, und Latchkey wurde gestartet, wo es keinen gibt.',
  'If Latchkey was opened with sudo or as another user: close it, and open it as yourself from the desktop’s menu.':
    'Wurde Latchkey mit sudo oder als anderer Benutzer geöffnet: schließen und als Sie selbst aus dem Menü des Desktops öffnen.',
  'Otherwise sign out of your desktop and in again: it starts a bus.':
    'Sonst vom Desktop abmelden und wieder anmelden: Er startet einen Bus.',
  'No keyring is running': 'Kein Schlüsselbund läuft',
  'The session has a D-Bus, but no program on it keeps passwords.':
    'Die Sitzung hat einen D-Bus, aber kein Programm darauf bewahrt Passwörter auf.',
  'Start it:': 'Starten:',
  'Sign out of your desktop and in again.': 'Vom Desktop abmelden und wieder anmelden.',
  'There is no default keyring': 'Es gibt keinen Standard-Schlüsselbund',
  'A keyring program is running, but it has no keyring to put things in.':
    'Ein Programm dafür läuft, aber es hat keinen Schlüsselbund, in den etwas gelegt werden kann.',
  'Open Passwords and Keys. Press +, choose Password keyring, call it Login, and give it the password you sign in with.':
    '„Passwörter und Verschlüsselung“ öffnen. + drücken, „Passwort-Schlüsselbund“ wählen, ihn „Anmeldung“ nennen und ihm das Passwort geben, mit dem Sie sich anmelden.',
  'Right-click the new keyring and choose Set as default.':
    'Mit rechts auf den neuen Schlüsselbund klicken und „Als Vorgabe setzen“ wählen.',
  'The keychain is locked': 'Der Schlüsselbund ist gesperrt',
  'Your values rest in it and can be read again once it is unlocked. Nothing is lost.':
    'Ihre Werte liegen darin und sind wieder lesbar, sobald er entsperrt ist. Nichts ist verloren.',
  'Open Passwords and Keys, right-click the keyring called Login, and choose Unlock.':
    '„Passwörter und Verschlüsselung“ öffnen, mit rechts auf den Schlüsselbund „Anmeldung“ klicken und „Entsperren“ wählen.',
  'If it is locked after every sign-in: right-click Login, choose Change Password, and give it the password you sign in with.':
    'Ist er nach jeder Anmeldung gesperrt: mit rechts auf „Anmeldung“ klicken, „Passwort ändern“ wählen und ihm das Passwort geben, mit dem Sie sich anmelden.',
  'The keychain refused Latchkey': 'Der Schlüsselbund hat Latchkey abgewiesen',
  'The request was dismissed, or your system forbids it. Nothing is lost.':
    'Die Anfrage wurde abgewiesen, oder Ihr System verbietet sie. Nichts ist verloren.',
  'Check again, and allow Latchkey when the keyring asks.': 'Noch einmal prüfen und Latchkey erlauben, wenn der Schlüsselbund fragt.',
  'The keychain stopped while it was asked': 'Der Schlüsselbund endete, während er gefragt wurde',
  'Its program ended before it answered. What it had stored is still on disk.':
    'Sein Programm endete, bevor es antwortete. Was er gespeichert hatte, liegt noch auf dem Datenträger.',
  'Close Latchkey and open it again: it still asks the one that ran before.':
    'Latchkey schließen und wieder öffnen: Es fragt noch den, der vorher lief.',
  'If it stops again, its log says why:': 'Endet er wieder, sagt sein Protokoll, warum:',
  'The keychain took too long': 'Der Schlüsselbund hat zu lange gebraucht',
  'It did not answer in time. It may be waiting for you to answer a question on the screen.':
    'Er hat nicht rechtzeitig geantwortet. Vielleicht wartet er auf Ihre Antwort auf dem Bildschirm.',
  'Look for a window that asks for the keyring’s password, perhaps behind others, and answer it.':
    'Das Fenster suchen, das nach dem Passwort des Schlüsselbunds fragt, vielleicht hinter anderen, und antworten.',
  'If there is none: sign out of your desktop and in again.': 'Gibt es keines: vom Desktop abmelden und wieder anmelden.',
  'The keychain was reset': 'Der Schlüsselbund wurde zurückgesetzt',
  'The key to this vault’s files is gone from it. The files are untouched, nothing was deleted by Latchkey, and your keys keep working wherever they are in use.':
    'Der Schlüssel zu den Dateien dieses Tresors ist daraus verschwunden. Die Dateien sind unberührt, Latchkey hat nichts gelöscht, und Ihre Schlüssel gelten weiter, wo sie in Gebrauch sind.',
  'If you have a backup of ~/.local/share/keyrings: quit Latchkey, and set what is there now aside.':
    'Haben Sie eine Sicherung von ~/.local/share/keyrings: Latchkey beenden und beiseitelegen, was jetzt dort ist.',
  'Put the folder back from the backup, then sign out of your desktop and in again.':
    'Den Ordner aus der Sicherung zurücklegen, dann vom Desktop abmelden und wieder anmelden.',
  'Without a backup: choose Repair in Latchkey. The old file is kept under another name, and the list of your keys is fetched from the server.':
    'Ohne Sicherung: in Latchkey „Reparieren“ wählen. Die alte Datei bleibt unter anderem Namen, und die Liste Ihrer Schlüssel wird vom Server geholt.',
  'The vault’s root key in the keychain is not the one that Latchkey stored':
    'Der Hauptschlüssel des Tresors im Schlüsselbund ist nicht der, den Latchkey gespeichert hat',
  'Its item with the vault’s root key, or the one that proves that key, is damaged, was changed by another program, or is another vault’s. So the vault’s file cannot be opened, and is untouched. An earlier keychain may still have everything.':
    'Der Eintrag mit dem Hauptschlüssel, oder der, der ihn belegt, ist beschädigt, wurde von einem anderen Programm geändert oder gehört zu einem anderen Tresor. Deshalb lässt sich die Datei des Tresors nicht öffnen; sie ist unberührt. Ein früherer Schlüsselbund hat vielleicht noch alles.',
  'See which program answers now. If you used another one before, or another desktop, go back to it and check again.':
    'Nachsehen, welches Programm jetzt antwortet. Haben Sie vorher ein anderes oder einen anderen Desktop benutzt, dorthin zurückgehen und noch einmal prüfen.',
  'Copies of your values are still in the system’s keychain': 'Kopien Ihrer Werte liegen noch im Schlüsselbund des Systems',
  'When your passphrase was set, the keychain did not let go of everything. What is left there is not under the passphrase.':
    'Als Ihre Passphrase gesetzt wurde, hat der Schlüsselbund nicht alles hergegeben. Was dort noch liegt, ist nicht unter der Passphrase.',
  'Unlock the system’s keychain. Then lock Latchkey and unlock it again: it removes the copies each time that it opens, until none is left.':
    'Den Schlüsselbund des Systems entsperren. Dann Latchkey sperren und wieder entsperren: Es entfernt die Kopien bei jedem Öffnen, bis keine mehr da ist.',
  'Some values are gone from the keychain': 'Einige Werte sind aus dem Schlüsselbund verschwunden',
  'Latchkey stored them there, and something else removed them. The keys themselves keep working wherever they are in use.':
    'Latchkey hat sie dort gespeichert, und etwas anderes hat sie entfernt. Die Schlüssel selbst gelten weiter, wo sie in Gebrauch sind.',
  'If a program that uses the key still has its value: choose the key in Latchkey, then Add its value. A login proves that it is the right one.':
    'Hat ein Programm, das den Schlüssel benutzt, noch seinen Wert: in Latchkey den Schlüssel wählen, dann „Wert hinzufügen“. Eine Anmeldung zeigt, dass es der richtige ist.',
  'If nobody has the value: choose the key, then Replace. It is deleted, and a new one of the same name is made.':
    'Hat niemand den Wert: den Schlüssel wählen, dann „Ersetzen“. Er wird gelöscht, und ein neuer desselben Namens wird angelegt.',
  'Some values are not those that Latchkey stored': 'Einige Werte sind nicht die, die Latchkey gespeichert hat',
  'Something else has changed them, so they may not work. The other values are as they were.':
    'Etwas anderes hat sie geändert, deshalb gelten sie vielleicht nicht. Die anderen Werte sind, wie sie waren.',
  'Choose the key in Latchkey, then Verify. It logs in with the value that is there now and says whether it works.':
    'In Latchkey den Schlüssel wählen, dann „Prüfen“. Es meldet sich mit dem Wert an, der jetzt da ist, und sagt, ob er gilt.',
  'The passphrase vault is in order': 'Der Passphrasen-Tresor ist in Ordnung',
  'It is open, and what Latchkey looked for is there and unchanged.': 'Er ist offen, und was Latchkey gesucht hat, ist da und unverändert.',
  'The passphrase vault has lost its key to these files': 'Der Passphrasen-Tresor hat seinen Schlüssel zu diesen Dateien verloren',
  'What opens this vault’s other files is gone from it. They are untouched, and your keys keep working wherever they are in use.':
    'Was die anderen Dateien dieses Tresors öffnet, ist daraus verschwunden. Sie sind unberührt, und Ihre Schlüssel gelten weiter, wo sie in Gebrauch sind.',
  'If you have a backup of Latchkey’s folder: quit Latchkey, put the folder back as a whole, and open it again.':
    'Haben Sie eine Sicherung des Ordners von Latchkey: Latchkey beenden, den Ordner als Ganzes zurücklegen und Latchkey wieder öffnen.',
  'This passphrase vault belongs to other files': 'Dieser Passphrasen-Tresor gehört zu anderen Dateien',
  'The root key in it does not open the vault’s file. That file is untouched.':
    'Der Hauptschlüssel darin öffnet die Datei des Tresors nicht. Sie ist unberührt.',
  'Some values are gone from the passphrase vault': 'Einige Werte sind aus dem Passphrasen-Tresor verschwunden',
  'Latchkey stored them there, and they are not there now. The keys themselves keep working wherever they are in use.':
    'Latchkey hat sie dort gespeichert, und jetzt sind sie nicht da. Die Schlüssel selbst gelten weiter, wo sie in Gebrauch sind.',
  'In System Settings, open KDE Wallet and turn on “Enable the KDE wallet subsystem”.':
    'In den Systemeinstellungen „KDE-Passwortspeicher“ öffnen und „KDE-Passwortspeicher aktivieren“ einschalten.',
  'Let it answer other programs too. On Plasma 6:': 'Ihn auch anderen Programmen antworten lassen. Unter Plasma 6:',
  'On Plasma 5, which needs KDE Frameworks 5.97 or newer for this:': 'Unter Plasma 5, das dafür KDE Frameworks 5.97 oder neuer braucht:',
  'In System Settings, open KDE Wallet. Beside “Select wallet to use as default” press New, and call it kdewallet.':
    'In den Systemeinstellungen „KDE-Passwortspeicher“ öffnen. Neben der Wahl des Standard-Passwortspeichers „Neu“ drücken und ihn kdewallet nennen.',
  'Open KDE Wallet Manager from the application menu, choose your wallet, and press Open.':
    'Im Anwendungsmenü die Passwortspeicher-Verwaltung von KDE öffnen, Ihren Passwortspeicher wählen und „Öffnen“ drücken.',
  'If it is locked after every sign-in: give the wallet the password you sign in with, and install the package kwallet-pam (on Debian and Ubuntu libpam-kwallet5).':
    'Ist er nach jeder Anmeldung gesperrt: dem Passwortspeicher das Passwort geben, mit dem Sie sich anmelden, und das Paket kwallet-pam installieren (unter Debian und Ubuntu libpam-kwallet5).',
  'Check again, and allow Latchkey when KDE Wallet asks.': 'Noch einmal prüfen und Latchkey erlauben, wenn der KDE-Passwortspeicher fragt.',
  'If it does not ask: in System Settings, open KDE Wallet, then Access Control, and remove the entry that denies Latchkey.':
    'Fragt er nicht: in den Systemeinstellungen „KDE-Passwortspeicher“ öffnen, dann „Zugriffskontrolle“, und den Eintrag entfernen, der Latchkey ablehnt.',
  'Start it. On Plasma 6:': 'Starten. Unter Plasma 6:',
  'On Plasma 5:': 'Unter Plasma 5:',
  'Look for a window of KDE Wallet that asks for a password, perhaps behind others, and answer it.':
    'Das Fenster des KDE-Passwortspeichers suchen, das nach einem Passwort fragt, vielleicht hinter anderen, und antworten.',
  'If you have a backup of ~/.local/share/kwalletd: quit Latchkey, and set what is there now aside.':
    'Haben Sie eine Sicherung von ~/.local/share/kwalletd: Latchkey beenden und beiseitelegen, was jetzt dort ist.',
  'If you start Xfce yourself, start it with a bus:': 'Starten Sie Xfce selbst, dann mit einem Bus:',
  'In Settings, open Session and Startup, then Advanced, and turn on “Launch GNOME services on startup”.':
    'In den Einstellungen „Sitzung und Startverhalten“ öffnen, dann „Fortgeschritten“, und „GNOME-Dienste beim Start ausführen“ einschalten.',
  'Sign out of your desktop and in again: the keyring opens with your sign-in password.':
    'Vom Desktop abmelden und wieder anmelden: Der Schlüsselbund öffnet sich mit Ihrem Anmeldepasswort.',
  'If you start your desktop yourself, put this before its command:': 'Starten Sie Ihren Desktop selbst, dies vor seinen Befehl setzen:',
  'Put this line into the file that your desktop runs at its start, such as ~/.xprofile:':
    'Diese Zeile in die Datei schreiben, die Ihr Desktop beim Start ausführt, etwa ~/.xprofile:',
  'Start a shell with a bus of its own:': 'Eine Shell mit eigenem Bus starten:',
  'Open the keyring in the shell that Latchkey is started from. It asks for the keyring’s password; the first time, this chooses it.':
    'Den Schlüsselbund in der Shell öffnen, aus der Latchkey gestartet wird. Gefragt wird nach seinem Passwort; beim ersten Mal wird es damit gewählt.',
  'Open Latchkey from that shell. The keyring can be reached as long as the shell is open.':
    'Latchkey aus dieser Shell öffnen. Der Schlüsselbund ist erreichbar, solange die Shell offen ist.',
  'Without a desktop nothing can ask you. Unlock the keyring first:':
    'Ohne Desktop kann nichts Sie fragen. Zuerst den Schlüsselbund entsperren:',
  'Put the folder back from the backup, then open the keyring again.':
    'Den Ordner aus der Sicherung zurücklegen, dann den Schlüsselbund wieder öffnen.',
  'A part of Latchkey is missing': 'Ein Teil von Latchkey fehlt',
  'The part that talks to the keychain does not load. Nothing was changed.':
    'Der Teil, der mit dem Schlüsselbund spricht, lässt sich nicht laden. Nichts wurde geändert.',
  'Install Latchkey again over the one that is here. Your vault stays as it is.':
    'Latchkey noch einmal über das vorhandene installieren. Ihr Tresor bleibt, wie er ist.',
  'The keychain cannot be reached': 'Der Schlüsselbund ist nicht erreichbar',
  'Your system gave no way to ask it. Nothing was changed.': 'Ihr System gab keinen Weg, ihn zu fragen. Nichts wurde geändert.',
  'Sign out of your Mac and in again.': 'Vom Mac abmelden und wieder anmelden.',
  'Unlock the login keychain. It asks for the password you sign in with:':
    'Den Schlüsselbund „Anmeldung“ entsperren. Gefragt wird nach dem Passwort, mit dem Sie sich anmelden:',
  'Or open Keychain Access, choose login in the sidebar, and press the lock.':
    'Oder die Schlüsselbundverwaltung öffnen, links „Anmeldung“ wählen und das Schloss drücken.',
  'The keychain does not answer': 'Der Schlüsselbund antwortet nicht',
  'The part of your system that keeps passwords is not running.': 'Der Teil Ihres Systems, der Passwörter aufbewahrt, läuft nicht.',
  'There is no default keychain': 'Es gibt keinen Standard-Schlüsselbund',
  'Your system keeps passwords, but has no place set for new ones.':
    'Ihr System bewahrt Passwörter auf, hat aber keinen Ort für neue festgelegt.',
  'Make the login keychain the default one:': 'Den Schlüsselbund „Anmeldung“ zum Standard machen:',
  'If login is not in Keychain Access: choose File, then Add Keychain, and pick it from ~/Library/Keychains.':
    'Fehlt „Anmeldung“ in der Schlüsselbundverwaltung: „Ablage“, dann „Schlüsselbund hinzufügen“ wählen und ihn aus ~/Library/Keychains nehmen.',
  'Check again, and choose Always Allow when macOS asks.': 'Noch einmal prüfen und „Immer erlauben“ wählen, wenn macOS fragt.',
  'If it does not ask: open Keychain Access, search for Latchkey, open an entry, and add Latchkey under Access Control.':
    'Fragt es nicht: die Schlüsselbundverwaltung öffnen, nach Latchkey suchen, einen Eintrag öffnen und Latchkey unter „Zugriff“ hinzufügen.',
  'Look for a window of macOS that asks for a password, perhaps behind others, and answer it.':
    'Das Fenster von macOS suchen, das nach einem Passwort fragt, vielleicht hinter anderen, und antworten.',
  'If there is none: sign out of your Mac and in again.': 'Gibt es keines: vom Mac abmelden und wieder anmelden.',
  'If you have a Time Machine backup: quit Latchkey, put the folder ~/Library/Keychains back from it, and start your Mac again.':
    'Haben Sie eine Time-Machine-Sicherung: Latchkey beenden, den Ordner ~/Library/Keychains daraus zurücklegen und den Mac neu starten.',
  'See which keychain is the default. If it is not the one you used before, choose that one in Keychain Access.':
    'Nachsehen, welcher Schlüsselbund der Standard ist. Ist es nicht der frühere, jenen in der Schlüsselbundverwaltung wählen.',
  'See whether the Credential Manager service is running. In PowerShell:':
    'Nachsehen, ob der Dienst der Anmeldeinformationsverwaltung läuft. In PowerShell:',
  'If it is not, start it. In PowerShell as an administrator:': 'Wenn nicht, ihn starten. In PowerShell als Administrator:',
  'Sign out of Windows and in again.': 'Von Windows abmelden und wieder anmelden.',
  'Windows opens your credentials when you sign in. Sign out, and in again with your password or PIN.':
    'Windows öffnet Ihre Anmeldeinformationen bei der Anmeldung. Abmelden und mit Passwort oder PIN wieder anmelden.',
  'See whether a policy forbids stored credentials: 0x1 means that it does. Your administrator can lift it.':
    'Nachsehen, ob eine Richtlinie gespeicherte Anmeldeinformationen verbietet: 0x1 heißt ja. Ihr Administrator kann sie aufheben.',
  'Start the service anew. In PowerShell as an administrator:': 'Den Dienst neu starten. In PowerShell als Administrator:',
  'If you have a backup of your credentials: quit Latchkey, open Credential Manager, choose Windows Credentials, then Restore Credentials.':
    'Haben Sie eine Sicherung Ihrer Anmeldeinformationen: Latchkey beenden, die Anmeldeinformationsverwaltung öffnen, „Windows-Anmeldeinformationen“ wählen, dann „Anmeldeinformationen wiederherstellen“.',
  'Each Windows user has credentials of their own. If you made this vault as another user, sign in as that one.':
    'Jeder Windows-Benutzer hat eigene Anmeldeinformationen. Haben Sie diesen Tresor als anderer Benutzer angelegt, melden Sie sich als jener an.',
}
