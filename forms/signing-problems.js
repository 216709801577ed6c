// What workers and the engine say is wrong, in English, and the same in the other languages of the forms. {0}, {1} … stand
// for any text, and the first sentence that matches counts.

signing.problems = [
  // what it is about
  { en: 'Participant {0}: {1}', fi: 'Osallistuja {0}: {1}', sv: 'Deltagare {0}: {1}' },
  { en: 'Reminders: {0}', fi: 'Muistutukset: {0}', sv: 'Påminnelser: {0}' },

  // the status
  {
    en: 'The signing request is on hold in SignSpace and cannot be signed: re-open it, cancel it, or keep waiting until it is re-opened there.',
    fi: 'Allekirjoituspyyntö on keskeytetty SignSpacessa, eikä sitä voi allekirjoittaa: avaa se uudelleen, peru se tai odota, kunnes joku avaa sen siellä.',
    sv: 'Begäran är pausad i SignSpace och kan inte undertecknas: öppna den på nytt, återkalla den eller vänta tills någon öppnar den där.',
  },
  {
    en: 'The due date has passed and signatures are missing: keep waiting for them, or cancel the signing request.',
    fi: 'Määräpäivä on mennyt, ja allekirjoituksia puuttuu: jatka odottamista tai peru allekirjoituspyyntö.',
    sv: 'Den sista dagen har passerat och underskrifter saknas: vänta vidare på dem eller återkalla begäran.',
  },
  {
    en: 'SignSpace does not show this signing request any more: keep waiting if it will reappear there, or cancel it.',
    fi: 'SignSpace ei enää näytä tätä allekirjoituspyyntöä: jatka odottamista, jos se on tarkoitus saada siellä taas näkyviin, tai peru se.',
    sv: 'SignSpace visar inte längre den här begäran: vänta vidare om den ska bli synlig där igen, eller återkalla den.',
  },
  {
    en: 'A participant has declined to sign; SignSpace reports the signing request as {0}: ask why, then re-open it, correct it and send it again, keep waiting, or cancel it.',
    fi: 'Osallistuja on kieltäytynyt allekirjoittamasta; SignSpacen mukaan allekirjoituspyynnön tila on {0}: kysy syytä ja avaa pyyntö uudelleen, korjaa se ja lähetä uudelleen, jatka odottamista tai peru se.',
    sv: 'En deltagare har avböjt att underteckna; SignSpace anger statusen {0}: fråga varför, och öppna sedan begäran igen, rätta den och skicka den på nytt, fortsätt att vänta eller avbryt den.',
  },
  {
    en: 'SignSpace reports the signing request as {0}: keep waiting if that is not final, re-open it, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyynnön tila on {0}: jatka odottamista, jos se ei ole lopullinen, avaa pyyntö uudelleen tai peru se.',
    sv: 'SignSpace anger statusen {0}: fortsätt att vänta om den inte är slutgiltig, öppna begäran igen eller avbryt den.',
  },
  {
    en: 'SignSpace reports a status that is not known here, {0}: look at the request there, then keep waiting, or cancel it.',
    fi: 'SignSpace ilmoittaa tilan, jota täällä ei tunneta, {0}: katso pyyntöä siellä ja jatka sitten odottamista tai peru se.',
    sv: 'SignSpace anger en status som är okänd här, {0}: titta på begäran där, och fortsätt sedan att vänta eller avbryt den.',
  },
  {
    en: 'The documents of the signing request were replaced in SignSpace itself, so it will not count as signed: cancel it, or keep waiting and replace them here. Earlier signatures do not cover the new ones.',
    fi: 'Allekirjoituspyynnön asiakirjat on vaihdettu SignSpacessa, joten sitä ei pidetä allekirjoitettuna: peru se tai jatka odottamista ja vaihda asiakirjat täällä. Aiemmat allekirjoitukset eivät koske uusia asiakirjoja.',
    sv: 'Dokumenten har bytts ut i själva SignSpace, så begäran räknas inte som undertecknad: avbryt den, eller fortsätt att vänta och byt ut dokumenten här. Tidigare underskrifter gäller inte de nya.',
  },
  {
    en: 'SignSpace calls the signing request complete but does not have every signed document: keep waiting for them, re-open the request, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta siellä ei ole kaikkia allekirjoitettuja asiakirjoja: jatka odottamista, avaa pyyntö uudelleen tai peru se.',
    sv: 'SignSpace kallar begäran slutförd, men alla undertecknade dokument finns inte där: vänta vidare på dem, öppna begäran på nytt eller återkalla den.',
  },
  {
    en: 'SignSpace calls the signing request complete, but its documents are not the ones that were sent. It does not count as signed: keep waiting, re-open the request, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta sen asiakirjat eivät ole ne, jotka lähetettiin. Sitä ei pidetä allekirjoitettuna: jatka odottamista, avaa pyyntö uudelleen tai peru se.',
    sv: 'Enligt SignSpace är begäran slutförd, men dess dokument är inte de som skickades. Den räknas inte som undertecknad: fortsätt att vänta, öppna begäran igen eller avbryt den.',
  },
  {
    en: 'SignSpace calls the signing request complete, but a file that it gives as signed is a document as it was sent, or one that had been replaced. It does not count as signed: keep waiting, re-open the request, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta allekirjoitettuna annettu tiedosto on lähetetty tai jo vaihdettu asiakirja. Sitä ei pidetä allekirjoitettuna: jatka odottamista, avaa pyyntö uudelleen tai peru se.',
    sv: 'Enligt SignSpace är begäran slutförd, men en fil som anges som undertecknad är ett dokument i den form det skickades, eller ett som har bytts ut. Den räknas inte som undertecknad: fortsätt att vänta, öppna begäran igen eller avbryt den.',
  },
  {
    en: 'SignSpace calls the signing request complete, but signatures are missing. It does not count as signed: keep waiting, re-open the request, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta allekirjoituksia puuttuu. Sitä ei pidetä allekirjoitettuna: jatka odottamista, avaa pyyntö uudelleen tai peru se.',
    sv: 'Enligt SignSpace är begäran slutförd, men underskrifter saknas. Den räknas inte som undertecknad: fortsätt att vänta, öppna begäran igen eller avbryt den.',
  },
  {
    en: 'SignSpace calls the signing request complete, but shows no signature of {0}. It does not count as signed: keep waiting, re-open the request, or cancel it.',
    fi: 'SignSpacen mukaan allekirjoituspyyntö on valmis, mutta allekirjoitus puuttuu: {0}. Sitä ei pidetä allekirjoitettuna: jatka odottamista, avaa pyyntö uudelleen tai peru se.',
    sv: 'Enligt SignSpace är begäran slutförd, men underskriften saknas av {0}. Den räknas inte som undertecknad: fortsätt att vänta, öppna begäran igen eller avbryt den.',
  },
  {
    en: 'The former signing request {0}, which was cancelled, is {1} in SignSpace: its participants can sign it, too. Cancel it there, then keep waiting.',
    fi: 'Aiempi, peruttu allekirjoituspyyntö {0} on SignSpacessa tilassa {1}: myös sen osallistujat voivat allekirjoittaa. Peru se siellä ja jatka sitten odottamista.',
    sv: 'Den tidigare begäran {0}, som avbröts, har statusen {1} i SignSpace: även dess deltagare kan underteckna. Avbryt den där och fortsätt sedan att vänta.',
  },
  {
    en: 'The former signing request {0}, which was cancelled, was opened again in SignSpace, and all have signed it. Its documents are in SignSpace; if they are the right ones, cancel the present request, otherwise keep waiting.',
    fi: 'Aiempi, peruttu allekirjoituspyyntö {0} avattiin SignSpacessa uudelleen, ja kaikki ovat allekirjoittaneet sen. Sen asiakirjat ovat SignSpacessa; jos ne ovat oikeat, peru nykyinen pyyntö, muuten jatka odottamista.',
    sv: 'Den tidigare begäran {0}, som avbröts, öppnades igen i SignSpace, och alla har undertecknat den. Dess dokument finns i SignSpace; avbryt den nuvarande begäran om de är de rätta, fortsätt annars att vänta.',
  },

  // what was refused
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
  { en: 'Cancelling signing request {0}', fi: 'Allekirjoituspyynnön {0} peruminen', sv: 'Att avbryta begäran {0}' },
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
    en: 'The personal identity code was encrypted with a key that is not in use here (any more); enter it again.',
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
    en: 'The position is missing; with a respected order every signer needs one: 1, 2, 3 …',
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
  { en: 'The text {0}.', fi: 'Teksti {0}.', sv: 'Texten {0}.' },
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
    en: 'The due date {0} has passed; choose one to come, like {1}.',
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

  // the most general
  { en: '{0} {1}; type it again.', fi: '{0} {1}; kirjoita se uudelleen.', sv: '{0} {1}; skriv det igen.' },
];

const PATTERNS = signing.problems.map((texts) => ({
  texts,
  places: Array.from(texts.en.matchAll(/\{(\d)\}/g), ([, place]) => place),
  pattern: new RegExp(`^${texts.en.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '(.+?)')}$`, 'u'),
}));

/** Returns a sentence of the workers or the engine in the user's language; an unknown one stays as it is. */
signing.explain = (sentence) => {
  const known = PATTERNS.find(({ pattern }) => pattern.test(sentence));
  if (!known) return sentence;
  const [, ...values] = known.pattern.exec(sentence);
  const parts = Object.fromEntries(known.places.map((place, index) => [place, signing.explain(values[index])]));
  return known.texts[signing.language].replace(/\{(\d)\}/g, (_, place) => parts[place]);
};
