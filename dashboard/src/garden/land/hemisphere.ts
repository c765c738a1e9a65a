/** The side of the equator that a zone lies on: its seasons are half a year apart. */

export type Hemisphere = "north" | "south";

/** The zones of tzdata's zone.tab with a latitude below zero, and older names of them. */
const SOUTH: Record<string, string> = {
  Africa:
    "Luanda Bujumbura Gaborone Kinshasa Lubumbashi Brazzaville Nairobi Maseru Blantyre Maputo Windhoek Kigali Mbabane Dar_es_Salaam Johannesburg Lusaka Harare",
  America:
    "La_Paz Noronha Belem Fortaleza Recife Araguaina Maceio Bahia Sao_Paulo Campo_Grande Cuiaba Santarem Porto_Velho Manaus Eirunepe Rio_Branco Porto_Acre Santiago Coyhaique Punta_Arenas Guayaquil Lima Asuncion Montevideo Buenos_Aires Catamarca Cordoba Jujuy Mendoza Rosario",
  Asia: "Jakarta Pontianak Makassar Ujung_Pandang Jayapura Dili",
  Atlantic: "Stanley South_Georgia St_Helena",
  Indian: "Cocos Christmas Chagos Comoro Antananarivo Mauritius Reunion Mahe Kerguelen Mayotte",
  Pacific:
    "Pago_Pago Samoa Rarotonga Easter Galapagos Fiji Kanton Enderbury Noumea Norfolk Nauru Niue Auckland Chatham Tahiti Marquesas Gambier Port_Moresby Bougainville Pitcairn Guadalcanal Fakaofo Tongatapu Funafuti Efate Wallis Apia",
};
const NAMES = new Map(Object.entries(SOUTH).map(([area, names]) => [area, names.split(" ")]));
/** Areas that lie south as a whole; countries that the oldest names say. */
const WHOLE = /^(Australia|Antarctica|Brazil|Chile|NZ|NZ-CHAT|America\/Argentina)(\/|$)/;

export function hemisphereOf(zone: string, season: "auto" | Hemisphere): Hemisphere {
  if (season !== "auto") return season;
  const [area = "", ...rest] = zone.split("/");
  const isSouth = WHOLE.test(zone) || NAMES.get(area)?.includes(rest.join("/"));
  return isSouth ? "south" : "north";
}
