package rooted

import "golang.org/x/sys/windows"

// unknownWays are the answers of systems that do not know how they were asked, besides
// what Go knows for such. The last one stands for every status that Windows has no error for.
var unknownWays = []error{
	windows.ERROR_INVALID_FUNCTION, // Wine, drivers of network drives
	windows.ERROR_INVALID_PARAMETER,
	windows.ERROR_INVALID_LEVEL, // servers of the time before SMB 2
	windows.ERROR_BAD_NET_RESP,
	windows.ERROR_MR_MID_NOT_FOUND,
}
