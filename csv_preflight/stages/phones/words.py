"""Words that people and exports write into phone cells: for a missing number, and for kinds of numbers.

By language: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, Hungarian,
Romanian, Scandinavian, Finnish, Turkish, Russian and its neighbours, Greek, Arabic, Hebrew, Persian, Hindi, Chinese,
Japanese, Korean, Thai, Vietnamese and Indonesian.
"""

from __future__ import annotations

import unicodedata

from csv_preflight.word_groups import without_marks


def folded(text: str) -> str:
    """Return a text without case, accents and compatibility forms, for comparisons.

    >>> folded("Móvil"), folded("№"), folded("ﾅｼ")
    ('movil', 'no', 'ナシ')
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", without_marks(decomposed))


def _table(words: str) -> frozenset[str]:
    return frozenset(folded(word.strip()) for line in words.splitlines() for word in line.split(",") if word.strip())


# Compared without dots, brackets and blanks around slashes.
NOTHING = _table(r"""
null, nil, nan, none, na, n/a, void, empty, blank, missing, undefined, nat, \n, no, not available, unavailable
not applicable, not provided, not given, not known, no data, no entry, no value, no phone, no number, no phone number
no telephone, no tel, no mobile, no cell, without phone, tbd, tba, leave blank, left blank
ka, keine angabe, keine angaben, kein, keine, keins, keiner, kein telefon, kein handy, keine nummer, keine telefonnummer
keine handynummer, keine rufnummer, ohne, ohne telefon, ohne nummer, nicht vorhanden, nicht bekannt, nicht angegeben
nicht verfügbar, entfällt, leer, fehlt, nv, nein
aucun, aucune, néant, sans, sans téléphone, sans numéro, pas de téléphone, pas de numéro, pas de tel, non communiqué
non renseigné, non disponible, non fourni, nc, n/c, nr, n/r, vide, sans objet, non
s/n, s/d, s/t, nd, n/d, sin teléfono, sin número, sin datos, sin dato, sin tel, sin celular, sin móvil, no tiene
no tiene teléfono, no hay, ninguno, ninguna, no disponible, no aplica, no registra, no consta, vacío, nulo
sem telefone, sem número, sem telemóvel, sem celular, sem dados, não tem, não informado, não disponível, não possui
não se aplica, nenhum, vazio, não
nessuno, nessuna, nessun numero, nessun telefono, non disponibile, non presente, non indicato, senza telefono
senza numero, vuoto, assente, non ha, mancante
geen, nvt, n/b, geen telefoon, geen nummer, geen mobiel, niet beschikbaar, niet bekend, niet van toepassing, leeg, nee
brak, brak danych, brak numeru, brak telefonu, nie ma, nie podano, nie dotyczy, puste, bd, b/d, nie
není, nemá, neuvedeno, neuvedené, žádný, žádné, žiadne, žiadny, chybí, chýba, bez telefonu, nie je, neni k dispozici
neni_k_dispozici, hiányzik, nincs, nincs adat, nincs telefon, nincs megadva, üres
nu are, nu există, lipsă, fără, fără telefon, nimic, gol
saknas, ingen, inget, ej angivet, ej tillgänglig, finns ej, finns inte, uppgift saknas, ingen telefon, intet, i/t
ikke oplyst, ikke oppgitt, mangler, tomt, nej, nei
ei ole, ei, puuttuu, tyhjä, ei tiedossa, ei saatavilla, ei puhelinta
yok, boş, telefon yok, telefonu yok, numara yok, mevcut değil, belirtilmemiş, hayır
нет, нету, н/д, нд, нет данных, нет телефона, нет номера, отсутствует, без телефона, без номера, пусто, не указан
не указано, не указана, неизвестно, немає, нема, немає даних, немає телефону, відсутній, відсутнє, не вказано, ні
няма, няма телефон, няма данни, nema, nema telefona, nije navedeno, ni, ni podatka
κανένα, κανένας, δεν υπάρχει, δεν έχει, δ/υ, κενό, χωρίς
لا يوجد, لايوجد, لا شيء, غير متوفر, غير متاح, غير معروف, فارغ, بدون, بلا
אין, ללא, ריק, אין מספר, אין טלפון, לא ידוע
ندارد, خالی, نامشخص, هیچ
नहीं, नहीं है, कोई नहीं, उपलब्ध नहीं, खाली, शून्य
无, 無, 没有, 沒有, 暂无, 暫無, 空, 空白, 未填, 未填写, 未提供, 未知, 无电话, 无号码, 不详
なし, 無し, ナシ, 未登録, 未入力, 該当なし, 空欄, 電話なし, 番号なし, 不明, 無い
없음, 없습니다, 해당없음, 해당 없음, 무, 미입력, 미등록, 공란
ไม่มี, ว่าง, ไม่ระบุ, ไม่มีเบอร์, ไม่มีข้อมูล
không, không có, chưa có, trống, không có số
tidak ada, tdk ada, kosong, tidak tersedia, belum ada, tiada
""")

# Kinds of numbers, and words for a number; they do not change it.
LABELS = _table("""
phone, telephone, tel, ph, mobile, mob, cell, cellular, cellphone, mobilephone, handphone, home, work, office, business
main, direct, private, personal, landline, fixed, primary, secondary, voice, whatsapp, sms, gsm, iphone, company
hotline, tollfree, freephone, switchboard, residence, callto, sip, sips, facetime, msisdn, wapp, other, ddi
contact, wk, hm
telefon, fon, handy, mobil, mobiltelefon, mobilfunk, mobilnummer, handynummer, mobilnr, handynr, telefonnummer, telnr
telefonnr, rufnummer, rufnr, festnetz, privat, dienstlich, dienst, geschäftlich, büro, firma, zentrale, arbeit, zuhause
daheim, hauptnummer, durchwahl
téléphone, portable, port, fixe, domicile, dom, bureau, bur, travail, perso, personnel, professionnel, pro, maison
cellulaire, standard
teléfono, tfno, tlf, tlfn, telf, fono, móvil, mov, cel, celular, celu, casa, trabajo, oficina, fijo, particular, empresa
principal, contacto
telefone, telef, telemóvel, tlm, fixo, trabalho, escritório, comercial, residencial, residência, pessoal, contato, whats
zap
telefono, cellulare, ufficio, lavoro, fisso, abitazione, personale, centralino, recapito
telefoon, telefoonnummer, telnummer, mobiel, mobieltje, thuis, werk, kantoor, vast, zakelijk, privé
komórka, kom, komórkowy, domowy, praca, służbowy, stacjonarny, prywatny
mobilní, telefón, mobilný, domů, domov, práce, práca, pevná, soukromý, služební
otthon, otthoni, munkahely, munkahelyi, iroda, vezetékes, magán, telefonszám, mobilszám
acasă, serviciu, birou, fix
tlfnr, tlfnummer, hem, hemma, arbete, jobb, jobbet, hjem, hjemme, arbejde, arbeid, kontor, fast, fastnet, fasttelefon
puhelin, puh, matkapuhelin, matkapuh, koti, työ, kotipuhelin, työpuhelin, kännykkä, puhelinnumero
cep, ev, iş, sabit, ofis, telefonu, telefonum
тел, телефон, моб, мобильный, мобильник, мобилка, сот, сотовый, дом, домашний, раб, рабочий, личный, служебный
городской, стац, стационарный, ватсап, вотсап, мобільний, робочий, домашній, мобилен, домашен, служебен
τηλ, τηλέφωνο, κιν, κινητό, σταθερό, σπίτι, εργασία, εργασίας, γραφείο, γραφείου, οικία, οικίας
هاتف, الهاتف, جوال, الجوال, موبايل, تليفون, تلفون, محمول, نقال, المنزل, منزل, العمل, عمل, مكتب, المكتب, واتساب
טלפון, נייד, פלאפון, טל, בית, עבודה, משרד
تلفن, موبایل, همراه, منزل, محل, کار
फोन, फ़ोन, मोबाइल, दूरभाष, घर, कार्यालय
电话, 手机, 手机号, 手机号码, 电话号码, 座机, 固话, 固定电话, 移动电话, 联系电话, 家庭电话, 办公电话, 公司电话, 家, 公司
電話, 手機, 手機號碼, 電話號碼, 行動電話, 市話, 住家
携帯, 携帯電話, 携帯番号, 電話番号, 固定電話, 固定, 自宅, 会社, 勤務先, 職場, スマホ
휴대폰, 휴대전화, 핸드폰, 전화, 전화번호, 집, 회사, 직장, 사무실, 휴대폰번호, 연락처
โทร, โทรศัพท์, มือถือ, เบอร์, เบอร์โทร, เบอร์โทรศัพท์, โทรศัพท์มือถือ, บ้าน, ที่ทำงาน
điện, thoại, đt, sđt, đtdđ, di, động, nhà, cơ, quan
telepon, telp, tlp, hp, ponsel, rumah, kantor
""")

# Only beside a label: "Tel. no.", "numéro de téléphone", and the types of vCard.
BESIDE_LABELS = _table("""
number, no, num, nr, nummer, numéro, número, nro, numero, n, n°, nº, numer, číslo, szám, număr, numara, numarası
номер, ном, αριθμός, رقم, מספר, شماره, नंबर, 番号, 号码, 號碼, 번호, số, nomor, nomer
of, the, my, de, du, des, da, do, del, di, la, le, il, type, pref, line, land, toll, free
""")

# Nobody answers a fax or a pager.
NOT_TO_BE_CALLED = _table("""
fax, faks, facs, facsimile, telefax, telecopie, télécopie, télécopieur, fax number, faxnummer, faxnr, факс, φαξ, فاكس
פקס, फैक्स, 传真, 傳真, ファックス, ファクス, 팩스, แฟกซ์, pager, beeper, пейджер
""")
