/** Programs in which mail is read: Outlook in its three forms, Mail of Windows, Thunderbird, Notes, eM Client, The Bat, Postbox. */
export const mailPrograms =
  /^(?:outlook|olk|hxoutlook|hxmail|hxtsr|thunderbird|winmail|wlmail|nlnotes|notes2|notes|mailclient|thebat(?:64)?|postbox)\.exe$/i

/** Programs in which the web is read. */
export const browsers =
  /^(?:chrome|msedge|firefox|iexplore|brave|opera|vivaldi|microsoftedge|microsoftedgecp|browser_broker|seamonkey)\.exe$/i

/** Folders in which mail programs put attachments when they are opened. */
export const attachmentFolders =
  /\\(?:content\.outlook|temporary internet files\\olk[0-9a-f]{1,10}|microsoft\\olk\\attachments|localstate\\files\\s0|nsmail)\\/i

/** Name of the site of a URL, lower case, without `www.`; '' for none. */
export function siteOf(url: string): string {
  const [, host] = /^[a-z]{3,6}:\/\/(?:[^/?#@\s]{0,200}@)?([a-z0-9.-]{1,253})/i.exec(url) ?? []
  return host?.toLowerCase().replace(/^www\./, '') ?? ''
}
