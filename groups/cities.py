"""How the city of a zone is written where people live in it. The tz database writes its names
without accents and with underscores; only names that lose something by that are listed here."""

WRITTEN = {
    "Africa/El_Aaiun": "El Aaiún", "Africa/Lome": "Lomé", "Africa/Ndjamena": "N’Djamena", "Africa/Sao_Tome": "São Tomé",
    "America/Araguaina": "Araguaína", "America/Argentina/Cordoba": "Córdoba", "America/Argentina/Rio_Gallegos": "Río Gallegos",
    "America/Argentina/Tucuman": "Tucumán", "America/Asuncion": "Asunción", "America/Bahia_Banderas": "Bahía de Banderas",
    "America/Belem": "Belém", "America/Bogota": "Bogotá", "America/Cancun": "Cancún",
    "America/Ciudad_Juarez": "Ciudad Juárez", "America/Cuiaba": "Cuiabá", "America/Curacao": "Curaçao",
    "America/Eirunepe": "Eirunepé", "America/Maceio": "Maceió", "America/Mazatlan": "Mazatlán", "America/Merida": "Mérida",
    "America/Noronha": "Fernando de Noronha", "America/Santarem": "Santarém", "America/Sao_Paulo": "São Paulo",
    "America/St_Barthelemy": "Saint-Barthélemy", "America/St_Johns": "St. John’s", "America/St_Kitts": "St. Kitts",
    "America/St_Lucia": "St. Lucia", "America/St_Thomas": "St. Thomas", "America/St_Vincent": "St. Vincent",
    "Antarctica/DumontDUrville": "Dumont d’Urville", "Asia/Hovd": "Khovd", "Asia/Urumqi": "Ürümqi",
    "Atlantic/Faroe": "Faroe Islands", "Atlantic/Reykjavik": "Reykjavík", "Atlantic/St_Helena": "St. Helena",
    "Europe/Chisinau": "Chișinău", "Europe/Zurich": "Zürich", "Indian/Reunion": "Réunion",
    "Pacific/Easter": "Easter Island", "Pacific/Noumea": "Nouméa",
}
