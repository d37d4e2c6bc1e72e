; The installer for Windows: for one user, without administrator rights. release/make hands
; it VERSION, NUMBERS, PROGRAM, GUIDE and OUT. What it writes is what its uninstaller takes
; away; sites, and the list of those that were opened, are the user's.
Target amd64-unicode
SetCompressor /SOLID lzma
SetDateSave off ; the files' own times would be in the installer's bytes
ManifestDPIAware true
!include MUI2.nsh
!include WinVer.nsh

Name "清廉"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\qinglian"
BrandingText "qinglian ${VERSION}"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 ProductName "清廉 qinglian"
VIAddVersionKey /LANG=2052 FileDescription "清廉安装程序"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 LegalCopyright "Apache-2.0"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\qinglian"
!define FOLDER "Software\Classes\Directory\shell\qinglian"
!define INSIDE "Software\Classes\Directory\Background\shell\qinglian"

!define MUI_ICON "qinglian.ico"
!define MUI_UNICON "qinglian.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\qinglian.exe"
!define MUI_FINISHPAGE_SHOWREADME "$INSTDIR\使用说明.html"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "清廉需要 Windows 10 或更新的系统，这台电脑的 Windows 太旧，没有安装。$\n$\nqinglian needs Windows 10 or later. Nothing was installed." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; The entry of a folder's menu. The folder's path ends with \. since that of a drive ends
; with a backslash, which would stand for the quotation mark after it.
!macro entry key
  WriteRegStr HKCU "${key}" "" "用清廉打开"
  WriteRegStr HKCU "${key}" "Icon" "$INSTDIR\qinglian.exe"
  WriteRegStr HKCU "${key}\command" "" '"$INSTDIR\qinglian.exe" start "%V\."'
!macroend

Section
  SetOutPath "$INSTDIR"
  File "/oname=qinglian.exe" "${PROGRAM}"
  File "/oname=使用说明.html" "${GUIDE}"
  File "/oname=LICENSE.txt" "..\LICENSE"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\清廉.lnk" "$INSTDIR\qinglian.exe"
  !insertmacro entry "${FOLDER}"
  !insertmacro entry "${INSIDE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "清廉 qinglian"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\qinglian.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
  Delete "$INSTDIR\qinglian.exe"
  ${If} ${FileExists} "$INSTDIR\qinglian.exe"
    MessageBox MB_OK|MB_ICONSTOP "清廉还开着：先关掉它的窗口，再卸载一次。$\n$\nqinglian still runs. Close its window, then uninstall again." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  Delete "$SMPROGRAMS\清廉.lnk"
  DeleteRegKey HKCU "${FOLDER}"
  DeleteRegKey HKCU "${INSIDE}"
  DeleteRegKey HKCU "${UNINSTALL}"
  Delete "$INSTDIR\使用说明.html"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; not if something else lies there
SectionEnd
