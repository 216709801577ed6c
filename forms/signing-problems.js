// What workers and the engine say is wrong, in English, and the same in the other languages of the forms and lists. {0}, {1} … stand
// for any text, and the first sentence that matches counts.

signing.problems = [
  // what it is about
  { en: 'Participant {0}: {1}', fi: 'Osallistuja {0}: {1}', sv: 'Deltagare {0}: {1}' },
  { en: 'Cell {0}: {1}', fi: 'Solu {0}: {1}', sv: 'Cell {0}: {1}' },
  { en: 'Reminders: {0}', fi: 'Muistutukset: {0}', sv: 'Påminnelser: {0}' },

  // corrections
  {
    en: 'The signing request {0} was opened again in SignSpace after it had been cancelled, and is {1} there, so no other one was sent. Correct and send again, which cancels it first, or keep waiting for it.',
    fi: 'Allekirjoituspyyntö {0} avattiin SignSpacessa uudelleen, kun se oli peruttu, ja sen tila siellä on {1}, joten toista ei lähetetty. Korjaa ja lähetä uudelleen, jolloin se ensin perutaan, tai jatka sen odottamista.',
    sv: 'Begäran {0} öppnades på nytt i SignSpace efter att den hade återkallats och har där statusen {1}, så ingen annan skickades. Rätta och skicka på nytt, då återkallas den först, eller vänta vidare på den.',
  },
  {
    en: 'The former signing request {0}, which was cancelled, is {1} in SignSpace, so no other one was sent. Cancel it there, then correct and send again, or keep waiting.',
    fi: 'Aiemman, perutun allekirjoituspyynnön {0} tila SignSpacessa on {1}, joten toista ei lähetetty. Peru se siellä ja korjaa ja lähetä sitten uudelleen, tai jatka odottamista.',
    sv: 'Den tidigare begäran {0}, som återkallades, har statusen {1} i SignSpace, så ingen annan skickades. Återkalla den där och rätta och skicka sedan på nytt, eller vänta vidare.',
  },
  {
    en: 'A correction that was not sent has changed this; give it again.',
    fi: 'Korjaus, jota ei lähetetty, on muuttanut tätä; anna se uudelleen.',
    sv: 'En rättelse som inte skickades har ändrat det här; ange det på nytt.',
  },

  // the status
  {
    en: 'The signing request is on hold in SignSpace and cannot be signed: re-open it, correct and send it again, cancel it, or keep waiting until it is re-opened there.',
    fi: 'Allekirjoituspyyntö on keskeytetty SignSpacessa, eikä sitä voi allekirjoittaa: avaa se uudelleen, korjaa ja lähetä se uudelleen, peru se tai odota, kunnes joku avaa sen siellä.',
    sv: 'Begäran är pausad i SignSpace och kan inte undertecknas: öppna den på nytt, rätta och skicka den på nytt, återkalla den eller vänta tills någon öppnar den där.',
  },
  {
    en: 'The due date has passed and signatures are missing: keep waiting for them, correct and send the signing request again with a later due date, or cancel it.',
    fi: 'Määräpäivä on mennyt, ja allekirjoituksia puuttuu: jatka odottamista, korjaa ja lähetä allekirjoituspyyntö uudelleen myöhemmällä määräpäivällä tai peru se.',
    sv: 'Den sista dagen har passerat och underskrifter saknas: vänta vidare på dem, rätta och skicka begäran på nytt med en senare sista dag eller återkalla den.',
  },
  {
    en: 'SignSpace does not show this signing request any more: keep waiting if it will reappear there, or ask an administrator to end the case.',
    fi: 'SignSpace ei enää näytä tätä allekirjoituspyyntöä: jatka odottamista, jos se on tarkoitus saada siellä taas näkyviin, tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'SignSpace visar inte längre den här begäran: vänta vidare om den ska bli synlig där igen, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'A participant has declined to sign; SignSpace reports the signing request as {0}: ask why, then re-open it, correct and send it again, keep waiting, or cancel it.',
    fi: 'Osallistuja on kieltäytynyt allekirjoittamasta; SignSpacen mukaan allekirjoituspyynnön tila on {0}: kysy syytä ja avaa pyyntö uudelleen, korjaa ja lähetä se uudelleen, jatka odottamista tai peru se.',
    sv: 'En deltagare har avböjt att underteckna; SignSpace anger statusen {0}: fråga varför, och öppna sedan begäran på nytt, rätta och skicka den på nytt, vänta vidare eller återkalla den.',
  },
  {
    en: 'SignSpace reports the signing request as {0}: keep waiting if that is not final, re-open it, correct and send it again, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyynnön tila on {0}: jatka odottamista, jos se ei ole lopullinen, avaa pyyntö uudelleen, korjaa ja lähetä se uudelleen tai peru se.',
    sv: 'SignSpace anger statusen {0}: vänta vidare om den inte är slutgiltig, öppna begäran på nytt, rätta och skicka den på nytt eller återkalla den.',
  },
  {
    en: 'SignSpace reports a status that is not known here, {0}: look at the request there, then keep waiting, correct and send it again, or cancel it.',
    fi: 'SignSpace ilmoittaa tilan, jota täällä ei tunneta, {0}: katso pyyntöä siellä ja jatka sitten odottamista, korjaa ja lähetä se uudelleen tai peru se.',
    sv: 'SignSpace anger en status som är okänd här, {0}: titta på begäran där, och vänta sedan vidare, rätta och skicka den på nytt eller återkalla den.',
  },
  {
    en: 'The documents of the signing request were replaced in SignSpace itself, so it will not count as signed: correct and send it again, cancel it, or keep waiting and replace them here. Earlier signatures do not cover the new ones.',
    fi: 'Allekirjoituspyynnön asiakirjat on vaihdettu SignSpacessa, joten sitä ei pidetä allekirjoitettuna: korjaa ja lähetä se uudelleen, peru se tai jatka odottamista ja korvaa asiakirjat täällä. Aiemmat allekirjoitukset eivät koske uusia asiakirjoja.',
    sv: 'Dokumenten har bytts ut i själva SignSpace, så begäran räknas inte som undertecknad: rätta och skicka den på nytt, återkalla den eller vänta vidare och byt dokument här. Tidigare underskrifter gäller inte de nya.',
  },
  {
    en: 'A replacement of the documents was interrupted, and SignSpace does not show which documents the signing request has, so it will not count as signed: correct and send it again, cancel it, or keep waiting and replace the documents again here.',
    fi: 'Asiakirjojen vaihtaminen keskeytyi, eikä SignSpace kerro, mitkä asiakirjat allekirjoituspyynnössä on, joten sitä ei pidetä allekirjoitettuna: korjaa ja lähetä se uudelleen, peru se tai jatka odottamista ja korvaa asiakirjat täällä uudelleen.',
    sv: 'Ett byte av dokument avbröts, och SignSpace visar inte vilka dokument begäran har, så den räknas inte som undertecknad: rätta och skicka den på nytt, återkalla den eller vänta vidare och byt dokumenten här på nytt.',
  },
  {
    en: 'SignSpace calls the signing request complete but does not have every signed document: keep waiting for them, or ask an administrator to end the case.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta siellä ei ole kaikkia allekirjoitettuja asiakirjoja: jatka niiden odottamista tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'SignSpace kallar begäran slutförd, men alla undertecknade dokument finns inte där: vänta vidare på dem, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'SignSpace calls the signing request complete, but its documents are not the ones that were sent. It does not count as signed: have it corrected in SignSpace and keep waiting, or ask an administrator to end the case.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta sen asiakirjat eivät ole ne, jotka lähetettiin. Sitä ei pidetä allekirjoitettuna: pyydä korjaamaan se SignSpacessa ja jatka odottamista tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'Enligt SignSpace är begäran slutförd, men dess dokument är inte de som skickades. Den räknas inte som undertecknad: låt rätta den i SignSpace och vänta vidare, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'SignSpace calls the signing request complete, but a file that it gives as signed is a document as it was sent, a second copy of another one, or one that had been replaced. It does not count as signed: have it corrected in SignSpace and keep waiting, or ask an administrator to end the case.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta allekirjoitettuna annettu tiedosto on lähetetty asiakirja sellaisenaan, toisen kaksoiskappale tai jo vaihdettu asiakirja. Sitä ei pidetä allekirjoitettuna: pyydä korjaamaan se SignSpacessa ja jatka odottamista tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'Enligt SignSpace är begäran slutförd, men en fil som anges som undertecknad är ett dokument i den form det skickades, en kopia av ett annat eller ett som har bytts ut. Den räknas inte som undertecknad: låt rätta den i SignSpace och vänta vidare, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'SignSpace calls the signing request complete, but a replacement of its documents was interrupted, and SignSpace does not show which ones it has. It does not count as signed: have it corrected in SignSpace and keep waiting, or ask an administrator to end the case.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta sen asiakirjojen vaihtaminen keskeytyi, eikä SignSpace kerro, mitkä asiakirjat siinä on. Sitä ei pidetä allekirjoitettuna: pyydä korjaamaan se SignSpacessa ja jatka odottamista tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'Enligt SignSpace är begäran slutförd, men ett byte av dess dokument avbröts, och SignSpace visar inte vilka den har. Den räknas inte som undertecknad: låt rätta den i SignSpace och vänta vidare, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'SignSpace calls the signing request complete, but signatures are missing. It does not count as signed: have it corrected in SignSpace and keep waiting, or ask an administrator to end the case.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta allekirjoituksia puuttuu. Sitä ei pidetä allekirjoitettuna: pyydä korjaamaan se SignSpacessa ja jatka odottamista tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'Enligt SignSpace är begäran slutförd, men underskrifter saknas. Den räknas inte som undertecknad: låt rätta den i SignSpace och vänta vidare, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'SignSpace calls the signing request complete, but shows no signature of {0}. It does not count as signed: have it corrected in SignSpace and keep waiting, or ask an administrator to end the case.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta allekirjoitus puuttuu: {0}. Sitä ei pidetä allekirjoitettuna: pyydä korjaamaan se SignSpacessa ja jatka odottamista tai pyydä ylläpitäjää päättämään tapaus.',
    sv: 'Enligt SignSpace är begäran slutförd, men underskriften saknas av {0}. Den räknas inte som undertecknad: låt rätta den i SignSpace och vänta vidare, eller be en administratör avsluta ärendet.',
  },
  {
    en: 'The former signing request {0}, which was cancelled, is {1} in SignSpace: its participants can sign it, too. Cancel it there, then keep waiting.',
    fi: 'Aiempi, peruttu allekirjoituspyyntö {0} on SignSpacessa tilassa {1}: myös sen osallistujat voivat allekirjoittaa. Peru se siellä ja jatka sitten odottamista.',
    sv: 'Den tidigare begäran {0}, som återkallades, har statusen {1} i SignSpace: även dess deltagare kan underteckna. Återkalla den där och vänta sedan vidare.',
  },
  {
    en: 'The former signing request {0}, which was cancelled, was opened again in SignSpace, and all have signed it. Its documents are in SignSpace; if they are the right ones, archive them, cancel the present request and have an administrator end the process instance, otherwise keep waiting.',
    fi: 'Aiempi, peruttu allekirjoituspyyntö {0} avattiin SignSpacessa uudelleen, ja kaikki ovat allekirjoittaneet sen. Sen asiakirjat ovat SignSpacessa; jos ne ovat oikeat, arkistoi ne, peru nykyinen pyyntö ja pyydä ylläpitäjää päättämään tapaus, muuten jatka odottamista.',
    sv: 'Den tidigare begäran {0}, som återkallades, öppnades igen i SignSpace, och alla har undertecknat den. Dess dokument finns i SignSpace; om de är de rätta, arkivera dem, återkalla den nuvarande begäran och be en administratör avsluta ärendet, fortsätt annars att vänta.',
  },
  {
    en: 'The former signing request {0}, which was cancelled, was opened again in SignSpace, and all have signed it, so this case does not end as cancelled. Archive its documents from there, then have an administrator end the process instance.',
    fi: 'Aiempi, peruttu allekirjoituspyyntö {0} avattiin SignSpacessa uudelleen, ja kaikki ovat allekirjoittaneet sen, joten tapaus ei pääty peruttuna. Arkistoi sen asiakirjat sieltä ja pyydä sitten ylläpitäjää päättämään tapaus.',
    sv: 'Den tidigare begäran {0}, som återkallades, öppnades igen i SignSpace, och alla har undertecknat den, så ärendet avslutas inte som återkallat. Arkivera dess dokument därifrån och be sedan en administratör avsluta ärendet.',
  },
  {
    en: 'All have signed, but the former signing request {0}, which was cancelled, is {1} in SignSpace: cancel it there, or archive its documents if all have signed it. Then keep waiting: the process continues.',
    fi: 'Kaikki ovat allekirjoittaneet, mutta aiempi, peruttu allekirjoituspyyntö {0} on SignSpacessa tilassa {1}: peru se siellä, tai arkistoi sen asiakirjat, jos kaikki ovat allekirjoittaneet sen. Jatka sitten odottamista: prosessi jatkuu.',
    sv: 'Alla har undertecknat, men den tidigare begäran {0}, som återkallades, har statusen {1} i SignSpace: återkalla den där, eller arkivera dess dokument om alla har undertecknat den. Vänta sedan vidare: processen fortsätter.',
  },

  // what was refused
  {
    en: 'SignSpace does not show this signing request any more, so nothing was changed there.',
    fi: 'SignSpace ei enää näytä tätä allekirjoituspyyntöä, joten siellä ei muutettu mitään.',
    sv: 'SignSpace visar inte längre den här begäran, så ingenting ändrades där.',
  },
  {
    en: 'SignSpace calls the signing request complete, so nothing was cancelled or re-opened there.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, joten siellä ei peruttu eikä avattu mitään.',
    sv: 'SignSpace kallar begäran slutförd, så inget återkallades eller öppnades där.',
  },
  {
    en: 'The documents were not replaced: SignSpace calls the signing request complete, with the former documents.',
    fi: 'Asiakirjoja ei vaihdettu: SignSpacen mukaan allekirjoituspyyntö on valmis aiemmilla asiakirjoilla.',
    sv: 'Dokumenten byttes inte ut: enligt SignSpace är begäran slutförd, med de tidigare dokumenten.',
  },
  {
    en: '{0} failed: {1}. Correct what was sent.',
    fi: '{0} ei onnistunut: {1}. Korjaa se, mitä lähetettiin.',
    sv: '{0} misslyckades: {1}. Rätta det som skickades.',
  },
  { en: '{0}, SignSpace says: {1}', fi: '{0}, SignSpace sanoo: {1}', sv: '{0}, SignSpace säger: {1}' },
  { en: 'Uploading document {0}', fi: 'Asiakirjan {0} lähettäminen', sv: 'Att skicka dokumentet {0}' },
  { en: 'Creating signing request {0}', fi: 'Allekirjoituspyynnön {0} luominen', sv: 'Att skapa begäran {0}' },
  { en: 'Cancelling signing request {0}', fi: 'Allekirjoituspyynnön {0} peruminen', sv: 'Att återkalla begäran {0}' },
  { en: 'Re-opening signing request {0}', fi: 'Allekirjoituspyynnön {0} avaaminen', sv: 'Att öppna begäran {0} igen' },
  {
    en: 'Replacing the files of signing request {0}',
    fi: 'Allekirjoituspyynnön {0} asiakirjojen vaihtaminen',
    sv: 'Att byta ut dokumenten i begäran {0}',
  },
  {
    en: 'There is no such group or user; write an id such as signing-clerks.',
    fi: 'Tällaista ryhmää tai käyttäjää ei ole; kirjoita tunniste, esimerkiksi signing-clerks.',
    sv: 'Det finns ingen sådan grupp eller användare; skriv ett id, till exempel signing-clerks.',
  },
  {
    en: 'This group or user may not open signing requests in Tasklist; write one with the permissions of signing-clerks.',
    fi: 'Tämä ryhmä tai käyttäjä ei saa avata allekirjoituspyyntöjä Tasklistissa; anna sellainen, jolla on ryhmän signing-clerks oikeudet.',
    sv: 'Den här gruppen eller användaren får inte öppna begäranden i Tasklist; ange en med samma behörighet som signing-clerks.',
  },

  // identity codes
  {
    en: 'enter the identity code again: it was deleted after the first request had been sent',
    fi: 'anna henkilötunnus uudelleen: se poistettiin, kun ensimmäinen pyyntö oli lähetetty',
    sv: 'ange personbeteckningen igen: den raderades när den första begäran hade skickats',
  },
  {
    en: 'enter the identity codes again: the first request had {0}, and they were deleted after it had been sent',
    fi: 'anna henkilötunnukset uudelleen: ensimmäisessä pyynnössä niitä oli {0}, ja ne poistettiin, kun se oli lähetetty',
    sv: 'ange personbeteckningarna igen: den första begäran hade {0}, och de raderades när den hade skickats',
  },
  {
    en: 'The personal identity code is not encrypted as required (JWE, RSA-OAEP-256 and A256GCM); enter it again.',
    fi: 'Henkilötunnusta ei ole salattu vaaditulla tavalla (JWE, RSA-OAEP-256 ja A256GCM); anna se uudelleen.',
    sv: 'Personbeteckningen är inte krypterad på rätt sätt (JWE, RSA-OAEP-256 och A256GCM); ange den igen.',
  },
  {
    en: 'Personal identity codes cannot be decrypted here: no private key is configured (signspace.encryption.keys). Tell an administrator, then send again.',
    fi: 'Henkilötunnusten salausta ei voi purkaa täällä: yksityistä avainta ei ole määritetty (signspace.encryption.keys). Kerro ylläpitäjälle ja lähetä sitten uudelleen.',
    sv: 'Personbeteckningar kan inte dekrypteras här: ingen privat nyckel är konfigurerad (signspace.encryption.keys). Kontakta en administratör och skicka sedan igen.',
  },
  {
    en: 'The personal identity code was encrypted with a key that this installation does not use, or no longer uses; enter it again.',
    fi: 'Henkilötunnus on salattu avaimella, joka ei ole (enää) käytössä täällä; anna se uudelleen.',
    sv: 'Personbeteckningen är krypterad med en nyckel som inte (längre) används här; ange den igen.',
  },
  {
    en: 'The encrypted personal identity code is damaged; enter it again.',
    fi: 'Salattu henkilötunnus on vioittunut; anna se uudelleen.',
    sv: 'Den krypterade personbeteckningen är skadad; ange den igen.',
  },
  {
    en: 'The personal identity code is not valid; write it as ddmmyy, the sign of the century, three digits and the check character.',
    fi: 'Henkilötunnus ei kelpaa; kirjoita se muodossa ppkkvv, vuosisadan merkki, kolme numeroa ja tarkistusmerkki.',
    sv: 'Personbeteckningen är inte giltig; skriv den som ddmmåå, seklets tecken, tre siffror och kontrolltecknet.',
  },
  {
    en: 'Only signers can have a personal identity code; make this participant a signer, or leave the code out.',
    fi: 'Vain allekirjoittajalla voi olla henkilötunnus; tee osallistujasta allekirjoittaja tai jätä tunnus pois.',
    sv: 'Bara den som undertecknar kan ha en personbeteckning; gör deltagaren till undertecknare eller utelämna den.',
  },
  {
    en: 'A participant has a personal identity code, which only a protected request checks; leave “isProtected” out or set it to true.',
    fi: 'Osallistujalla on henkilötunnus, jonka vain suojattu pyyntö tarkistaa; jätä “isProtected” pois tai anna sille arvo true.',
    sv: 'En deltagare har en personbeteckning, som bara en skyddad begäran kontrollerar; utelämna “isProtected” eller sätt det till true.',
  },
  {
    en: '{0} can never match; a protected request compares two words of the name, so write first and last name, or leave the name out.',
    fi: '{0} ei voi täsmätä; suojattu pyyntö vertaa nimen kahta sanaa, joten kirjoita etu- ja sukunimi tai jätä nimi pois.',
    sv: '{0} kan aldrig stämma; en skyddad begäran jämför två ord i namnet, så skriv för- och efternamn eller utelämna namnet.',
  },

  // the request
  { en: '… and {0} more', fi: '… ja {0} muuta', sv: '… och {0} till' },
  {
    en: 'The title is missing; say in a few words what is to be signed.',
    fi: 'Otsikko puuttuu; kerro muutamalla sanalla, mitä allekirjoitetaan.',
    sv: 'Rubriken saknas; säg med några ord vad som ska undertecknas.',
  },
  {
    en: 'The title has {0} characters; shorten it to {1} at most.',
    fi: 'Otsikossa on {0} merkkiä; lyhennä se enintään {1} merkkiin.',
    sv: 'Rubriken har {0} tecken; förkorta den till högst {1}.',
  },
  {
    en: '{0} is neither an e-mail address nor an id; write it like name@example.com.',
    fi: '{0} ei ole sähköpostiosoite eikä tunniste; kirjoita se kuten name@example.com.',
    sv: '{0} är varken en e-postadress eller ett id; skriv det som name@example.com.',
  },
  {
    en: '{0} may not act in SignSpace for this installation; allowed: {1}.',
    fi: '{0} ei saa toimia SignSpacessa tämän asennuksen puolesta; sallitut: {1}.',
    sv: '{0} får inte agera i SignSpace för den här installationen; tillåtna: {1}.',
  },
  {
    en: 'Owner {0}: {1} is neither an e-mail address nor a group; write it like name@example.com or like group:63a199d56cd3aa8f6875e3b3.',
    fi: 'Omistaja {0}: {1} ei ole sähköpostiosoite eikä ryhmä; kirjoita se kuten name@example.com tai group:63a199d56cd3aa8f6875e3b3.',
    sv: 'Ägare {0}: {1} är varken en e-postadress eller en grupp; skriv som name@example.com eller group:63a199d56cd3aa8f6875e3b3.',
  },
  {
    en: '{0} is not an e-mail address; write it like name@example.com.',
    fi: '{0} ei ole sähköpostiosoite; kirjoita se kuten name@example.com.',
    sv: '{0} är ingen e-postadress; skriv den som name@example.com.',
  },
  {
    en: '{0} mixes Latin letters with letters of another alphabet that look like them; type it again.',
    fi: 'Osoitteessa {0} on latinalaisten kirjainten lisäksi toisen kirjaimiston samannäköisiä kirjaimia; kirjoita se uudelleen.',
    sv: '{0} blandar latinska bokstäver med bokstäver ur ett annat alfabet som liknar dem; skriv adressen igen.',
  },
  {
    en: 'The e-mail address is missing; write it like name@example.com.',
    fi: 'Sähköpostiosoite puuttuu; kirjoita se kuten name@example.com.',
    sv: 'E-postadressen saknas; skriv den som name@example.com.',
  },
  {
    en: 'There are no participants; add at least one with the role signer.',
    fi: 'Osallistujia ei ole; lisää vähintään yksi, jonka rooli on signer.',
    sv: 'Det finns inga deltagare; lägg till minst en med rollen signer.',
  },
  {
    en: 'There is no signer; give at least one participant the role signer.',
    fi: 'Allekirjoittajaa ei ole; anna vähintään yhdelle osallistujalle rooli signer.',
    sv: 'Ingen ska underteckna; ge minst en deltagare rollen signer.',
  },
  {
    en: 'This must be an object with handle and role.',
    fi: 'Tämän on oltava objekti, jossa on handle ja role.',
    sv: 'Detta måste vara ett objekt med handle och role.',
  },
  {
    en: '{0} is not known; there are handle, role, displayName, position and nin.',
    fi: '{0} on tuntematon; mahdollisia ovat handle, role, displayName, position ja nin.',
    sv: '{0} är okänt; det finns handle, role, displayName, position och nin.',
  },
  {
    en: 'The role is missing; write signer or watcher.',
    fi: 'Rooli puuttuu; kirjoita signer tai watcher.',
    sv: 'Rollen saknas; skriv signer eller watcher.',
  },
  {
    en: 'displayName and display_name differ; leave one of them out.',
    fi: 'displayName ja display_name eroavat; jätä toinen pois.',
    sv: 'displayName och display_name är olika; utelämna ett av dem.',
  },
  {
    en: '{0} is participant {1} already; list every person once, as signer or as watcher.',
    fi: '{0} on jo osallistuja {1}; anna jokainen henkilö kerran, joko signer tai watcher.',
    sv: '{0} är redan deltagare {1}; ange varje person en gång, som signer eller watcher.',
  },
  {
    en: '{0} is the address of participant {1}; write the name of this person, or leave it out.',
    fi: '{0} on osallistujan {1} osoite; kirjoita tämän henkilön nimi tai jätä se pois.',
    sv: '{0} är deltagare {1}:s adress; skriv den här personens namn, eller utelämna det.',
  },
  {
    en: 'The position is missing; if signers sign in order, each needs one: 1, 2, 3 …',
    fi: 'Järjestysnumero puuttuu; kun järjestys on annettu, jokainen allekirjoittaja tarvitsee sen: 1, 2, 3 …',
    sv: 'Ordningsnumret saknas; när ordningen gäller behöver alla som undertecknar ett: 1, 2, 3 …',
  },
  {
    en: 'Participants have a position, but the order is not respected; switch {0} on, or leave the positions out.',
    fi: 'Osallistujilla on järjestysnumero, mutta järjestys ei ole käytössä; ota {0} käyttöön tai jätä numerot pois.',
    sv: 'Deltagare har ett ordningsnummer, men ordningen gäller inte; slå på {0} eller utelämna numren.',
  },
  { en: '{0} must be text.', fi: 'Arvon {0} on oltava tekstiä.', sv: '{0} måste vara text.' },
  { en: '{0} must be true or false.', fi: 'Arvon {0} on oltava true tai false.', sv: '{0} måste vara true eller false.' },
  { en: '{0} must be a list.', fi: 'Arvon {0} on oltava luettelo.', sv: '{0} måste vara en lista.' },
  {
    en: '{0} must be an object of names and values.',
    fi: 'Arvon {0} on oltava objekti, jossa on nimiä ja arvoja.',
    sv: '{0} måste vara ett objekt med namn och värden.',
  },
  {
    en: '{0} must be a whole number from 0 to {1}.',
    fi: 'Arvon {0} on oltava kokonaisluku 0–{1}.',
    sv: '{0} måste vara ett heltal från 0 till {1}.',
  },
  {
    en: '{0} must be a whole number from 1, like 1, 2 or 3.',
    fi: 'Arvon {0} on oltava kokonaisluku alkaen 1:stä, kuten 1, 2 tai 3.',
    sv: '{0} måste vara ett heltal från 1, som 1, 2 eller 3.',
  },
  {
    en: '{0} is not valid JSON: {1} at line {2}, column {3}',
    fi: '{0} ei ole kelvollista JSONia: {1} rivillä {2}, sarakkeessa {3}',
    sv: '{0} är inte giltig JSON: {1} på rad {2}, kolumn {3}',
  },
  {
    en: '{0} in {1} is not known; write {2}.',
    fi: '{0} on tuntematon kentässä {1}; kirjoita {2}.',
    sv: '{0} är okänt i {1}; skriv {2}.',
  },
  { en: 'The text {0}; leave it out.', fi: 'Teksti {0}; jätä se pois.', sv: 'Texten {0}; utelämna det.' },
  {
    en: 'The value is nested in more than {0} levels.',
    fi: 'Arvossa on yli {0} sisäkkäistä tasoa.',
    sv: 'Värdet har fler än {0} nästlade nivåer.',
  },
  { en: 'The number is too large; correct it.', fi: 'Luku on liian suuri; korjaa se.', sv: 'Talet är för stort; rätta det.' },
  { en: 'The text {0}.', fi: 'Teksti {0}.', sv: 'Texten {0}.' },
  {
    en: 'contains the character {0}, which replaces one that was not in UTF-8',
    fi: 'sisältää merkin {0} sellaisen merkin paikalla, joka ei ollut UTF-8-muodossa',
    sv: 'innehåller tecknet {0} i stället för ett tecken som inte var i UTF-8',
  },
  { en: 'contains the character {0}', fi: 'sisältää merkin {0}', sv: 'innehåller tecknet {0}' },
  { en: 'contains half a character, {0}', fi: 'sisältää puolikkaan merkin, {0}', sv: 'innehåller ett halvt tecken, {0}' },
  {
    en: 'contains an invisible character {0}',
    fi: 'sisältää näkymättömän merkin {0}',
    sv: 'innehåller ett osynligt tecken {0}',
  },
  { en: 'contains a personal identity code', fi: 'sisältää henkilötunnuksen', sv: 'innehåller en personbeteckning' },
  {
    en: 'has {0} characters; shorten it to {1} at most',
    fi: 'on {0} merkkiä pitkä; lyhennä se enintään {1} merkkiin',
    sv: 'har {0} tecken; förkorta till högst {1}',
  },
  {
    en: 'has {0} characters that take {1} places; shorten it to {2} at most',
    fi: 'on {0} merkkiä pitkä, ja merkit vievät {1} paikkaa; lyhennä se enintään {2} paikkaan',
    sv: 'har {0} tecken som tar {1} platser; förkorta till högst {2}',
  },
  {
    en: '{0} is not {1}; write PT30M for 30 minutes, PT6H for 6 hours, P1D for a day (at least PT1S, at most P365D).',
    fi: '{0} ei kelpaa ({1}); kirjoita PT30M (30 minuuttia), PT6H (6 tuntia) tai P1D (päivä), vähintään PT1S ja enintään P365D.',
    sv: '{0} är inte {1}; skriv PT30M för 30 minuter, PT6H för 6 timmar, P1D för en dag (minst PT1S, högst P365D).',
  },
  { en: 'a time between two checks', fi: 'tarkistusväli', sv: 'en tid mellan två kontroller' },
  { en: 'the time of an escalation', fi: 'siirron ajankohta', sv: 'tiden för en eskalering' },
  { en: 'the time of the first reminder', fi: 'ensimmäisen muistutuksen ajankohta', sv: 'tiden för den första påminnelsen' },
  { en: 'a time between two reminders', fi: 'muistutusten väli', sv: 'en tid mellan två påminnelser' },
  {
    en: '{0} is not known; write firstAfter, every or atMost.',
    fi: '{0} on tuntematon; kirjoita firstAfter, every tai atMost.',
    sv: '{0} är okänt; skriv firstAfter, every eller atMost.',
  },
  {
    en: 'With less than an hour between them there are at most {0}; write PT1H or more as every, or fewer.',
    fi: 'Jos muistutusten väli on alle tunti, niitä on enintään {0}; kirjoita väliksi (every) PT1H tai enemmän, tai vähennä niitä.',
    sv: 'Med mindre än en timme emellan finns det högst {0}; skriv PT1H eller mer som every, eller färre.',
  },
  {
    en: 'escalateTo is missing; name the group or the user to whom the request is escalated.',
    fi: 'escalateTo puuttuu; anna ryhmä tai käyttäjä, jolle pyyntö siirretään.',
    sv: 'escalateTo saknas; ange den grupp eller användare som begäran eskaleras till.',
  },
  {
    en: 'escalateAfter is missing; write P2D for two days before the due date, or after the sending if there is none.',
    fi: 'escalateAfter puuttuu; kirjoita P2D (kaksi päivää ennen määräpäivää, tai lähettämisestä, jos määräpäivää ei ole).',
    sv: 'escalateAfter saknas; skriv P2D för två dagar före förfallodagen, eller efter sändningen om det inte finns någon.',
  },
  {
    en: 'The due date {0} is ambiguous in {1}; add an offset, like {2}.',
    fi: 'Määräaika {0} on kaksiselitteinen aikavyöhykkeellä {1}; lisää ero UTC-aikaan, kuten {2}.',
    sv: 'Förfallotiden {0} är tvetydig i {1}; lägg till en tidsskillnad, som {2}.',
  },
  {
    en: 'The due date {0} does not exist in {1}; add an offset, like {2}.',
    fi: 'Määräaikaa {0} ei ole aikavyöhykkeellä {1}; lisää ero UTC-aikaan, kuten {2}.',
    sv: 'Förfallotiden {0} finns inte i {1}; lägg till en tidsskillnad, som {2}.',
  },
  {
    en: '{0} is not a date; write it like {1} or {2}.',
    fi: '{0} ei ole päivämäärä; kirjoita se kuten {1} tai {2}.',
    sv: '{0} är inget datum; skriv det som {1} eller {2}.',
  },
  {
    en: 'The due date {0} has passed; choose a later date, such as {1}.',
    fi: 'Määräpäivä {0} on mennyt; valitse tuleva päivä, kuten {1}.',
    sv: 'Förfallodagen {0} har passerat; välj en kommande, som {1}.',
  },
  {
    en: 'The due date {0} is more than {1} years ahead; choose one until {2}.',
    fi: 'Määräpäivä {0} on yli {1} vuoden päässä; valitse päivä viimeistään {2}.',
    sv: 'Förfallodagen {0} ligger mer än {1} år framåt; välj en senast {2}.',
  },
  {
    en: 'There is metadata, but no template that it belongs to; add the id of the template as {0}.',
    fi: 'Metatietoja on, mutta niiden pohjaa ei ole; lisää pohjan tunniste nimellä {0}.',
    sv: 'Det finns metadata, men ingen mall som de hör till; lägg till mallens id som {0}.',
  },
  {
    en: 'The metadata field {0} must be a value, or an object with nothing but “value” in it.',
    fi: 'Metatietokentän {0} on oltava arvo tai objekti, jossa on vain “value”.',
    sv: 'Metadatafältet {0} måste vara ett värde, eller ett objekt med bara “value”.',
  },
  {
    en: 'A metadata field has no id; write the id that SignSpace gave it.',
    fi: 'Metatietokentällä ei ole tunnistetta; kirjoita SignSpacen antama tunniste.',
    sv: 'Ett metadatafält saknar id; skriv det id som SignSpace har gett det.',
  },

  // documents
  {
    en: 'There is no document to sign; add at least one file, as document1, document2 …',
    fi: 'Allekirjoitettavaa asiakirjaa ei ole; lisää vähintään yksi tiedosto, document1, document2 …',
    sv: 'Det finns inget dokument att underteckna; lägg till minst en fil, som document1, document2 …',
  },
  {
    en: 'There are {0} documents; at most {1} documents can be signed together.',
    fi: 'Asiakirjoja on {0}; yhdessä voi allekirjoittaa enintään {1}.',
    sv: 'Det finns {0} dokument; högst {1} kan undertecknas tillsammans.',
  },
  {
    en: '{0} has no file name; add the file again, named like contract.pdf.',
    fi: 'Asiakirjalla {0} ei ole nimeä; lisää tiedosto uudelleen, nimi kuten contract.pdf.',
    sv: '{0} saknar filnamn; lägg till filen igen, med ett namn som contract.pdf.',
  },
  {
    en: '{0} has a name that {1}; rename the file.',
    fi: 'Asiakirjan {0} nimi {1}; nimeä tiedosto uudelleen.',
    sv: '{0} har ett namn som {1}; byt namn på filen.',
  },
  {
    en: 'begins or ends with a line break',
    fi: 'alkaa tai päättyy rivinvaihtoon',
    sv: 'börjar eller slutar med en radbrytning',
  },
  {
    en: 'contains the control character {0}',
    fi: 'sisältää ohjausmerkin {0}',
    sv: 'innehåller styrtecknet {0}',
  },
  {
    en: '{0} has a name of {1} characters; shorten it to {2} at most.',
    fi: 'Asiakirjan {0} nimessä on {1} merkkiä; lyhennä se enintään {2} merkkiin.',
    sv: '{0} har ett namn på {1} tecken; förkorta det till högst {2}.',
  },
  {
    en: '{0} has a name of {1} characters that take {2} places; shorten it to {3} at most.',
    fi: 'Asiakirjan {0} nimessä on {1} merkkiä, jotka vievät {2} paikkaa; lyhennä se enintään {3} paikkaan.',
    sv: '{0} har ett namn på {1} tecken som tar {2} platser; förkorta det till högst {3}.',
  },
  {
    en: '{0} has an unreadable media type, {1}; add the file again.',
    fi: 'Asiakirjan {0} mediatyyppiä {1} ei voi lukea; lisää tiedosto uudelleen.',
    sv: '{0} har en oläslig mediatyp, {1}; lägg till filen igen.',
  },
  {
    en: '{0} is empty; add a file with content.',
    fi: '{0} on tyhjä; lisää tiedosto, jossa on sisältöä.',
    sv: '{0} är tom; lägg till en fil med innehåll.',
  },
  {
    en: '{0} has {1} MB, and at most {2} MB are allowed; add a smaller file.',
    fi: 'Asiakirjan {0} koko on {1} Mt, ja enintään {2} Mt sallitaan; lisää pienempi tiedosto.',
    sv: '{0} har {1} MB, och högst {2} MB är tillåtna; lägg till en mindre fil.',
  },
  {
    en: '{0} is named .pdf but is not a PDF; save it as a PDF and add it again.',
    fi: 'Asiakirjan {0} pääte on .pdf, mutta se ei ole PDF; tallenna se PDF-muodossa ja lisää uudelleen.',
    sv: '{0} heter .pdf men är ingen PDF; spara den som PDF och lägg till den igen.',
  },

  // lists
  {
    en: 'The header holds a personal identity code; codes belong, encrypted, into signer1Nin, signer2Nin …',
    fi: 'Otsikkorivillä on henkilötunnus; tunnukset kuuluvat salattuina sarakkeisiin signer1Nin, signer2Nin …',
    sv: 'Rubrikraden innehåller en personbeteckning; beteckningar hör, krypterade, hemma i signer1Nin, signer2Nin …',
  },
  {
    en: 'There are two columns of this name; remove one.',
    fi: 'Kahdella sarakkeella on tämä nimi; poista toinen.',
    sv: 'Två kolumner har detta namn; ta bort den ena.',
  },
  {
    en: 'There are more than {0} columns.',
    fi: 'Sarakkeita on yli {0}.',
    sv: 'Det finns fler än {0} kolumner.',
  },
  {
    en: 'The column businessKey is missing; it gives each row a key of its own. The first row must hold the names of the columns.',
    fi: 'Sarake businessKey puuttuu; se antaa kullekin riville oman avaimen. Ensimmäisellä rivillä on oltava sarakkeiden nimet.',
    sv: 'Kolumnen businessKey saknas; den ger varje rad en egen nyckel. Den första raden måste innehålla kolumnernas namn.',
  },
  {
    en: 'The name has more than {0} characters.',
    fi: 'Nimessä on yli {0} merkkiä.',
    sv: 'Namnet har fler än {0} tecken.',
  },
  {
    en: 'This column is unknown; write {0}, or give it a name that does not resemble one of ours.',
    fi: 'Sarake on tuntematon; kirjoita {0} tai anna sille nimi, joka ei muistuta tunnettua nimeä.',
    sv: 'Kolumnen är okänd; skriv {0}, eller ge den ett namn som inte liknar ett känt.',
  },
  {
    en: 'This column is unknown, and neither title nor description uses it as {0}; remove it, use it, or name it in ignoredColumns.',
    fi: 'Sarake on tuntematon, eikä otsikko (title) tai kuvaus (description) käytä sitä muodossa {0}; poista se, käytä sitä tai mainitse se asetuksessa ignoredColumns.',
    sv: 'Kolumnen är okänd, och varken titel (title) eller beskrivning (description) använder den som {0}; ta bort den, använd den eller nämn den i ignoredColumns.',
  },
  {
    en: 'There is no column {0} for its address.',
    fi: 'Sarake {0} (osoite) puuttuu.',
    sv: 'Kolumnen {0} (adressen) saknas.',
  },
  {
    en: 'There is no column {0} before it.',
    fi: 'Edeltävä sarake {0} puuttuu.',
    sv: 'Den föregående kolumnen {0} saknas.',
  },
  {
    en: 'There is no column {0}.',
    fi: 'Saraketta {0} ei ole.',
    sv: 'Det finns ingen kolumn {0}.',
  },
  {
    en: 'The column {0} is empty here.',
    fi: 'Sarake {0} on tässä tyhjä.',
    sv: 'Kolumnen {0} är tom här.',
  },
  {
    en: 'The workbook has a password or an old format; save it without a password as XLSX.',
    fi: 'Työkirjassa on salasana tai vanha tiedostomuoto; tallenna se ilman salasanaa XLSX-muodossa.',
    sv: 'Arbetsboken har ett lösenord eller ett gammalt format; spara den utan lösenord som XLSX.',
  },
  {
    en: 'A quotation mark in this row is not closed, or is followed by other text; the rows after it cannot be read.',
    fi: 'Rivin lainausmerkki on sulkematta, tai sitä seuraa muuta tekstiä; seuraavia rivejä ei voi lukea.',
    sv: 'Ett citattecken på raden är inte avslutat, eller följs av annan text; raderna efter den kan inte läsas.',
  },
  {
    en: 'The list has more than {0} rows; send it in parts.',
    fi: 'Luettelossa on yli {0} riviä; lähetä se osissa.',
    sv: 'Listan har fler än {0} rader; skicka den i delar.',
  },
  {
    en: 'The list has more than {0} columns; delete some.',
    fi: 'Luettelossa on yli {0} saraketta; poista osa niistä.',
    sv: 'Listan har fler än {0} kolumner; ta bort några.',
  },
  {
    en: 'The list has more than {0} MB; send it in parts.',
    fi: 'Luettelon koko on yli {0} Mt; lähetä se osissa.',
    sv: 'Listan är större än {0} MB; skicka den i delar.',
  },
  { en: 'The list is empty.', fi: 'Luettelo on tyhjä.', sv: 'Listan är tom.' },
  {
    en: 'The list has a header, but no rows.',
    fi: 'Luettelossa on otsikkorivi mutta ei muita rivejä.',
    sv: 'Listan har en rubrikrad men inga andra rader.',
  },
  {
    en: 'The list has too many errors to check this row.',
    fi: 'Luettelossa on niin paljon virheitä, ettei tätä riviä tarkistettu.',
    sv: 'Listan har så många fel att den här raden inte kontrollerades.',
  },
  {
    en: 'The row has more cells than the header; a cell with a delimiter must be quoted.',
    fi: 'Rivillä on enemmän soluja kuin otsikkorivillä; solu, jossa on erotin, kirjoitetaan lainausmerkkeihin.',
    sv: 'Raden har fler celler än rubrikraden; en cell med ett avgränsningstecken ska stå inom citattecken.',
  },
  {
    en: 'The column of this cell has no name.',
    fi: 'Solun sarakkeella ei ole nimeä.',
    sv: 'Cellens kolumn har inget namn.',
  },
  {
    en: 'A cell has more than {0} characters; shorten it.',
    fi: 'Solussa on yli {0} merkkiä; lyhennä se.',
    sv: 'En cell har fler än {0} tecken; förkorta den.',
  },
  {
    en: 'The cell holds a personal identity code; codes belong, encrypted, into signer1Nin, signer2Nin …',
    fi: 'Solussa on henkilötunnus; tunnukset kuuluvat salattuina sarakkeisiin signer1Nin, signer2Nin …',
    sv: 'Cellen innehåller en personbeteckning; beteckningar hör, krypterade, hemma i signer1Nin, signer2Nin …',
  },
  {
    en: 'The identity code is not encrypted; encrypt it as JWE with the key at /api/keys.',
    fi: 'Henkilötunnusta ei ole salattu; salaa se JWE-muotoon avaimella, joka on osoitteessa /api/keys.',
    sv: 'Personbeteckningen är inte krypterad; kryptera den som JWE med nyckeln på /api/keys.',
  },
  {
    en: 'Identity codes are accepted in CSV only; save the sheet as CSV.',
    fi: 'Henkilötunnukset hyväksytään vain CSV-tiedostossa; tallenna taulukko CSV-muodossa.',
    sv: 'Personbeteckningar godtas bara i CSV; spara bladet som CSV.',
  },
  { en: 'The row has no key; give it one.', fi: 'Rivillä ei ole avainta; lisää se.', sv: 'Raden har ingen nyckel; lägg till en.' },
  {
    en: 'Row {0} has the same key; every row needs one of its own.',
    fi: 'Rivillä {0} on sama avain; jokaisella rivillä on oltava oma avaimensa.',
    sv: 'Rad {0} har samma nyckel; varje rad behöver en egen.',
  },
  {
    en: 'The filled text is too long; shorten it.',
    fi: 'Täydennetty teksti on liian pitkä; lyhennä se.',
    sv: 'Den ifyllda texten är för lång; förkorta den.',
  },
  {
    en: 'The address is missing; the row has details for it.',
    fi: 'Osoite puuttuu, vaikka rivillä on siihen liittyviä tietoja.',
    sv: 'Adressen saknas, fast raden har uppgifter om den.',
  },
  {
    en: 'It is empty, but {0} is not; fill the gap.',
    fi: 'Solu on tyhjä, mutta {0} ei ole; täytä väli.',
    sv: 'Cellen är tom, men {0} är det inte; fyll luckan.',
  },
  {
    en: 'The row names no document, and {0} were uploaded; a request has at most {1}.',
    fi: 'Rivillä ei mainita asiakirjaa, ja niitä lisättiin {0}; pyynnössä on enintään {1}.',
    sv: 'Raden nämner inget dokument, och {0} lades till; en begäran har högst {1}.',
  },
  {
    en: 'No file {0} was uploaded; there are {1}.',
    fi: 'Tiedostoa {0} ei ole lisätty; lisätyt ovat {1}.',
    sv: 'Filen {0} har inte lagts till; det finns {1}.',
  },
  {
    en: 'Several files have the name {0}; rename them.',
    fi: 'Usealla tiedostolla on nimi {0}; nimeä ne uudelleen.',
    sv: 'Flera filer heter {0}; byt namn på dem.',
  },
  { en: 'Send either files or one ZIP.', fi: 'Lähetä joko tiedostoja tai yksi ZIP.', sv: 'Skicka antingen filer eller en ZIP.' },
  {
    en: 'The ZIP cannot be read; make it again.',
    fi: 'ZIP-tiedostoa ei voi lukea; tee se uudelleen.',
    sv: 'ZIP-filen kan inte läsas; gör den på nytt.',
  },
  {
    en: 'The files in the ZIP are more than {0}, or larger than {1} MB together; send the list in parts.',
    fi: 'ZIP-tiedostossa on yli {0} tiedostoa, tai ne ovat yhdessä yli {1} Mt; lähetä luettelo osissa.',
    sv: 'Filerna i ZIP-filen är fler än {0}, eller tillsammans större än {1} MB; skicka listan i delar.',
  },
  {
    en: '{0} in the ZIP is damaged; make the ZIP again.',
    fi: 'ZIP-tiedoston {0} on vioittunut; tee ZIP uudelleen.',
    sv: '{0} i ZIP-filen är skadad; gör ZIP-filen på nytt.',
  },
  {
    en: '{0} is protected by a password; make the ZIP without one.',
    fi: '{0} on suojattu salasanalla; tee ZIP ilman salasanaa.',
    sv: '{0} är skyddad med ett lösenord; gör ZIP-filen utan lösenord.',
  },
  {
    en: '{0} is packed in an unusual way; make the ZIP with the usual one.',
    fi: '{0} on pakattu epätavallisesti; tee ZIP tavalliseen tapaan.',
    sv: '{0} är packad på ett ovanligt sätt; gör ZIP-filen på det vanliga.',
  },
  {
    en: 'This is the result of an earlier list; name that list in options.list, so that only rows that were not sent are sent. Or delete the column.',
    fi: 'Tämä on aiemman luettelon tulos; valitse, mitä luetteloa se korjaa (options.list), jotta vain lähettämättömät rivit lähetetään. Tai poista sarake.',
    sv: 'Detta är resultatet av en tidigare lista; välj vilken lista den rättar (options.list), så att bara rader som inte skickats skickas. Eller ta bort kolumnen.',
  },
  {
    en: 'The row looks like one that was sent as {0}; restore its key.',
    fi: 'Rivi näyttää samalta kuin aiemmin avaimella {0} lähetetty; palauta avain.',
    sv: 'Raden liknar en som skickades som {0}; återställ dess nyckel.',
  },
  {
    en: 'A list has sent a request with this key. To send only what is missing, choose the list that this one corrects (options.list); to send this row again, say so (options.repeatKeys).',
    fi: 'Jokin luettelo on lähettänyt pyynnön tällä avaimella. Jos vain puuttuvat lähetetään, valitse, mitä luetteloa tämä korjaa (options.list); jos rivi lähetetään uudelleen, valitse se (options.repeatKeys).',
    sv: 'En lista har skickat en begäran med den här nyckeln. För att bara skicka det som saknas, välj vilken lista denna rättar (options.list); för att skicka raden igen, välj det (options.repeatKeys).',
  },
  {
    en: 'Row {0} has the same title, signers and documents.',
    fi: 'Rivillä {0} on sama otsikko, samat allekirjoittajat ja samat asiakirjat.',
    sv: 'Rad {0} har samma titel, undertecknare och dokument.',
  },
  {
    en: 'A request with this key is open.',
    fi: 'Tällä avaimella on avoin pyyntö.',
    sv: 'En begäran med den här nyckeln är öppen.',
  },
  {
    en: 'An earlier list has sent this as {0}: the same title, signers and documents.',
    fi: 'Aiempi luettelo on lähettänyt tämän avaimella {0}: sama otsikko, samat allekirjoittajat ja samat asiakirjat.',
    sv: 'En tidigare lista har skickat detta som {0}: samma titel, undertecknare och dokument.',
  },
  {
    en: 'The list has no row {0} that could be sent.',
    fi: 'Luettelossa ei ole riviä {0}, jonka voisi lähettää.',
    sv: 'Listan har ingen rad {0} som kan skickas.',
  },
  {
    en: 'Your profile has no e-mail address; enter it in Tasklist, at your name, or ask an administrator.',
    fi: 'Profiilissasi ei ole sähköpostiosoitetta; lisää se Tasklistissa nimesi kohdalla tai pyydä ylläpitäjää lisäämään se.',
    sv: 'Din profil saknar e-postadress; ange den i Tasklist, vid ditt namn, eller be en administratör om det.',
  },
  {
    en: 'The list or a document is not the one that was previewed; preview it again.',
    fi: 'Luettelo tai asiakirja on muuttunut tarkistuksen jälkeen; tarkista uudelleen.',
    sv: 'Listan eller ett dokument är inte det som kontrollerades; kontrollera på nytt.',
  },
  {
    en: 'Every row of the list has been sent.',
    fi: 'Luettelon kaikki rivit on lähetetty.',
    sv: 'Alla rader i listan har skickats.',
  },
  {
    en: 'Lists cannot be sent: an administrator has to set signspace.seal.secret on engine nodes.',
    fi: 'Luetteloita ei voi lähettää: ylläpitäjän on asetettava signspace.seal.secret moottorisolmuille.',
    sv: 'Listor kan inte skickas: en administratör måste ange signspace.seal.secret på motornoderna.',
  },

  // workbooks
  {
    en: 'The workbook is too large when it is unpacked; delete what does not belong to the list, or save the sheet as CSV.',
    fi: 'Työkirja on purettuna liian suuri; poista siitä, mikä ei kuulu luetteloon, tai tallenna taulukko CSV-muodossa.',
    sv: 'Arbetsboken är för stor när den packas upp; ta bort det som inte hör till listan, eller spara bladet som CSV.',
  },
  {
    en: 'The workbook cannot be read; save it again as XLSX, or save the sheet as CSV.',
    fi: 'Työkirjaa ei voi lukea; tallenna se uudelleen XLSX-muodossa tai tallenna taulukko CSV-muodossa.',
    sv: 'Arbetsboken kan inte läsas; spara den på nytt som XLSX, eller spara bladet som CSV.',
  },
  {
    en: 'The sheet {0} is hidden; delete it, or show it.',
    fi: 'Taulukko {0} on piilotettu; poista se tai tuo se näkyviin.',
    sv: 'Bladet {0} är dolt; ta bort det eller visa det.',
  },
  {
    en: 'The workbook has several sheets with content, {0}; keep the one with the list.',
    fi: 'Työkirjassa on useita taulukoita, joilla on sisältöä: {0}; säilytä vain luettelo.',
    sv: 'Arbetsboken har flera blad med innehåll, {0}; behåll bara det med listan.',
  },
  {
    en: 'The row is hidden or filtered out; show it, or delete it.',
    fi: 'Rivi on piilotettu tai suodatettu pois; tuo se näkyviin tai poista se.',
    sv: 'Raden är dold eller bortfiltrerad; visa den eller ta bort den.',
  },
  {
    en: 'The column is hidden; show it, or delete it.',
    fi: 'Sarake on piilotettu; tuo se näkyviin tai poista se.',
    sv: 'Kolumnen är dold; visa den eller ta bort den.',
  },
  {
    en: 'The workbook uses the 1904 date system, so that its dates would be read wrongly; save the sheet as CSV.',
    fi: 'Työkirja laskee päivät vuodesta 1904, joten sen päivämäärät luettaisiin väärin; tallenna taulukko CSV-muodossa.',
    sv: 'Arbetsboken räknar dagarna från 1904, så att dess datum skulle läsas fel; spara bladet som CSV.',
  },
  {
    en: 'There are merged cells; separate them.',
    fi: 'Taulukossa on yhdistettyjä soluja; erota ne.',
    sv: 'Det finns sammanfogade celler; dela dem.',
  },
  {
    en: 'Cells {0} are merged; separate them, and fill each.',
    fi: 'Solut {0} on yhdistetty; erota ne ja täytä kukin.',
    sv: 'Cellerna {0} är sammanfogade; dela dem och fyll i var och en.',
  },
  {
    en: 'The formula has no result; open the workbook and save it.',
    fi: 'Kaavalla ei ole tulosta; avaa työkirja ja tallenna se.',
    sv: 'Formeln har inget resultat; öppna arbetsboken och spara den.',
  },
  {
    en: 'It holds the error {0}; correct the formula.',
    fi: 'Solussa on virhe {0}; korjaa kaava.',
    sv: 'Cellen innehåller felet {0}; rätta formeln.',
  },
  {
    en: 'The number is shown rounded; format the column as text and write it again.',
    fi: 'Luku näkyy pyöristettynä; muotoile sarake tekstiksi ja kirjoita luku uudelleen.',
    sv: 'Talet visas avrundat; formatera kolumnen som text och skriv det på nytt.',
  },
  {
    en: 'The cell displays something else than its stored value; format the column as text and write it again.',
    fi: 'Solu näyttää muuta kuin siihen on tallennettu; muotoile sarake tekstiksi ja kirjoita arvo uudelleen.',
    sv: 'Cellen visar något annat än det som är sparat; formatera kolumnen som text och skriv värdet på nytt.',
  },
  {
    en: 'Rows or columns are hidden unless they have a size of their own; show all, or save the sheet as CSV.',
    fi: 'Rivit tai sarakkeet on piilotettu, ellei niillä ole omaa kokoa; tuo kaikki näkyviin tai tallenna taulukko CSV-muodossa.',
    sv: 'Rader eller kolumner är dolda om de inte har en egen storlek; visa alla, eller spara bladet som CSV.',
  },
  {
    en: 'The result of the formula is calculated when the workbook is opened, so it may differ from the stored one; open the workbook and save it.',
    fi: 'Kaavan tulos lasketaan, kun työkirja avataan, joten se voi poiketa tallennetusta; avaa työkirja ja tallenna se.',
    sv: 'Formelns resultat beräknas när arbetsboken öppnas, så det kan avvika från det sparade; öppna arbetsboken och spara den.',
  },

  // the most general
  { en: '{0} {1}; type it again.', fi: '{0} {1}; kirjoita se uudelleen.', sv: '{0} {1}; skriv det igen.' },
];

const STATUSES = {
  open: { fi: 'avoin', sv: 'öppen' },
  in_progress: { fi: 'allekirjoitettavana', sv: 'undertecknas' },
  on_hold: { fi: 'keskeytetty', sv: 'pausad' },
  overdue: { fi: 'myöhässä', sv: 'försenad' },
  complete: { fi: 'valmis', sv: 'slutförd' },
  cancelled: { fi: 'peruttu', sv: 'återkallad' },
  declined: { fi: 'kieltäydytty', sv: 'avböjd' },
  rejected: { fi: 'kieltäydytty', sv: 'avböjd' },
  expired: { fi: 'vanhentunut', sv: 'utgången' },
};

/** The place of a status; what is in other places may be what a user has typed. */
const STATUS_PLACE = /(?:request as|is) \{(\d)\}(?: in SignSpace| there|:)/;

const statusText = (status) => (STATUSES[status] || {})[signing.language] || status;

const PATTERNS = signing.problems.map((texts) => ({
  texts,
  places: Array.from(texts.en.matchAll(/\{(\d)\}/g), ([, place]) => place),
  statusPlace: (STATUS_PLACE.exec(texts.en) || [])[1],
  pattern: new RegExp(`^${texts.en.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '(.+?)')}$`, 'u'),
}));

/** Returns a sentence of the workers or the engine in the user's language; an unknown one stays as it is. */
signing.explain = (sentence) => {
  const known = PATTERNS.find(({ pattern }) => pattern.test(sentence));
  if (!known) return sentence;
  const [, ...values] = known.pattern.exec(sentence);
  const explained = (value, place) => (place === known.statusPlace ? statusText(value) : signing.explain(value));
  const parts = Object.fromEntries(known.places.map((place, index) => [place, explained(values[index], place)]));
  return known.texts[signing.language].replace(/\{(\d)\}/g, (_, place) => parts[place]);
};
