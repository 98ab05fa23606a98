/* SPDX-License-Identifier: EUPL-1.2 */
/* Bars and QR codes as SVG inside a page. Printers leave out coloured backgrounds, but not these.
 */
#include <inttypes.h>

#include "documents/page_parts.h"

#define QUIET_ZONE ((size_t)4) /* modules of white around a QR code (ISO/IEC 18004) */
/* Of 10000: few votes are a thin line, but there is one. */
#define MIN_PART ((uint64_t)40)

void
urne_page_svg_bar(struct urne_buf *out, const struct urne_block *bar)
{
	static const char *const classes[] = {
	    [URNE_BAR_NEUTRAL] = "bar neutral",
	    [URNE_BAR_FOR] = "bar for",
	    [URNE_BAR_AGAINST] = "bar against",
	    [URNE_BAR_QUIET] = "bar quiet",
	};
	uint64_t part = urne_page_scaled(bar->value, bar->max, 10000);

	urne_buf_printf(out, "<svg class=\"%s\" aria-hidden=\"true\">", classes[bar->style]);
	urne_buf_puts(out, "<rect class=\"track\" width=\"100%\" height=\"100%\"/>");
	if (part > 0) {
		part = part < MIN_PART ? MIN_PART : part;
		urne_buf_printf(out,
		    "<rect width=\"%" PRIu64 ".%02" PRIu64 "%%\" height=\"100%%\"/>", part / 100,
		    part % 100);
	}
	urne_buf_puts(out, "</svg>");
}

/* Dark modules beside each other become one rectangle: readers draw no hairlines between them. */
void
urne_page_svg_qr(struct urne_buf *out, const uint8_t *modules, size_t size)
{
	size_t full = size + 2 * QUIET_ZONE;

	urne_buf_printf(out,
	    "<svg class=\"qr\" viewBox=\"0 0 %zu %zu\" shape-rendering=\"crispEdges\" "
	    "aria-hidden=\"true\">",
	    full, full);
	urne_buf_printf(
	    out, "<rect width=\"%zu\" height=\"%zu\" fill=\"#fff\"/><path d=\"", full, full);
	for (size_t y = 0; y < size; y++) {
		const uint8_t *row = modules + y * size;
		size_t run;

		for (size_t x = 0; x < size; x += run) {
			for (run = 1; x + run < size && row[x + run] == row[x]; run++) {
			}
			if (row[x] == 1) {
				urne_buf_printf(out, "M%zu %zuh%zuv1h-%zuz", x + QUIET_ZONE,
				    y + QUIET_ZONE, run, run);
			}
		}
	}
	urne_buf_puts(out, "\"/></svg>");
}
