/**
 * The names that a figure may have, at every depth: those of plotly's schema for the traces that are drawn and for layouts.
 * What plotly may know besides, maps with their addresses above all, is left out. test/long/figureNames.test.ts compares them
 * with the plotly that is installed.
 */
const names: ReadonlySet<string> = new Set(
  `
active activebgcolor activecolor activeselection activeshape add align alignmentgroup alphahull ambient
anchor angle angleref angularaxis annotations args args2 array arrayminus arrowcolor arrowhead arrowside
arrowsize arrowwidth aspectmode aspectratio autobinx autobiny autocolorscale autocontour autoexpand
automargin autorange autorangeoptions autoshift autosize autotickangles autotypenumbers ax axis axref ay
ayref b backgroundcolor backoff bandwidth bar barcornerradius bargap bargroupgap barmode barnorm barpolar
base bgcolor bingroup bordercolor borderpad borderwidth bounds box boxgap boxgroupgap boxmean boxmode
boxpoints buttons calendar camera candlestick captureevents categoryarray categoryorder cauto cells center
clickanywhere clickmode clicktoshow clipmax clipmin cliponaxis close cmax cmid cmin color coloraxis
colorbar coloring colormodel colors colorscale colorway column columnorder columns columnwidth computed
connectgaps connector constrain constraintext constraintoward contour contours copy_ystyle copy_zstyle
cornerradius count cumulative currentbin currentvalue customdata dash data datarevision decreasing
delaunayaxis delta diffuse direction diverging dividercolor dividerwidth dlabel domain dr dragmode
drawdirection dtheta dtick dtickrange duration dvalue dx dy easing editable editrevision enabled end
entrywidth entrywidthmode error_x error_y error_z execute exponentformat extendpiecolors eye facecolor
facenormalsepsilon family fgcolor fgopacity fill fillcolor fillgradient fillmode fillpattern fillrule
fixedrange flatshading font format fresnel funnel funnelgap funnelgroupgap funnelmode gauge gradient grid
gridcolor griddash gridshape gridwidth groupclick groupdoubleclick groupnorm grouptitlefont header heatmap
height hiddenlabels hidesurface high highlight highlightcolor highlightwidth histfunc histnorm histogram
histogram2d histogram2dcontour hole hoveranywhere hoverdistance hoverformat hoverinfo hoverlabel hovermode
hoveron hoverongaps hoversort hoversubplots hovertemplate hovertemplatefallback hovertext i ids image
images include increasing indentation indicator insiderange insidetextanchor insidetextfont
insidetextorientation intensity intensitymode itemclick itemdoubleclick itemsizing itemwidth j jitter k l
label label0 labelalias labelfont labelformat labels layer layout legend legendgroup legendgrouptitle
legendrank legendwidth len lenmode lighting lightposition line linecolor lineposition linewidth low
lowerfence margin marker matches maxallowed maxdisplayed maxheight mean meanline measure median mesh3d
meta method minallowed minexponent minor minorloglabels minorticklen minreducedheight minreducedwidth
minsize mirror mode modebar modebardisable name namelength nbinsx nbinsy ncontours newselection newshape
notched notchspan notchwidth nticks number offset offsetgroup ohlc opacity opacityscale open operation
ordering orientation outliercolor outlierwidth outlinecolor outlinewidth outsidetextfont overlaying pad
padding paper_bgcolor path pattern period pie piecolorway plot_bgcolor pointpos points polar position
prefix project projection pull q1 q3 quartilemethod r r0 radialaxis range rangebreaks rangemode
rangeselector rangeslider reference relative remove reversescale rotation roughness row roworder rows
scale scaleanchor scalegroup scalemode scaleratio scatter scatter3d scattergap scattergl scattermode
scatterpolar scene sd sdmultiple sector selectdirection selected selectedpoints selectionrevision
selections separatethousands separators sequential sequentialminus shadow shape shapes shift show
showactive showarrow showaxeslabels showbackground showdividers showexponent showgrid showlabels
showlegend showline showlines showscale showspikes showticklabels showtickprefix showticksuffix
showwhiskers side simplify size sizemin sizemode sizeref sizex sizey sizing sliders smoothing solidity
sort source span spanmode specular spikecolor spikedash spikedistance spikemode spikesides spikesnap
spikethickness split stackgaps stackgroup standoff start startarrowhead startarrowsize startstandoff step
stepmode steps stop style subplot subplots subtitle suffix surface surfaceaxis surfacecolor symbol
symmetric t table template templateitemname text textangle textcase textfont textinfo textposition
texttemplate texttemplatefallback theta theta0 thetaunit thickness thicknessmode threshold tick0 tickangle
tickcolor tickfont tickformat tickformatstops ticklabelindex ticklabelmode ticklabeloverflow
ticklabelposition ticklabelshift ticklabelstandoff ticklabelstep ticklen tickmode tickprefix ticks tickson
ticksuffix ticktext tickvals tickwidth title titleclick titledoubleclick totals tracegroupgap traceorder
traceref tracerefminus transition transpose type uid uirevision unifiedhovertitle uniformtext unselected
up updatemenus upperfence usecolormap valign value valueformat valueminus values variant vertexcolor
vertexnormalsepsilon violin violingap violingroupgap violinmode visible waterfall waterfallgap
waterfallgroupgap waterfallmode weight whiskerwidth width x x0 x0shift x1 x1shift xanchor xaxes xaxis
xbingroup xbins xcalendar xclick xgap xhoverformat xpad xperiod xperiod0 xperiodalignment xref xshift
xside xsizemode xtype y y0 y0shift y1 y1shift yanchor yaxes yaxis ybingroup ybins ycalendar yclick ygap
yhoverformat ypad yperiod yperiod0 yperiodalignment yref yshift yside ysizemode ytype z zauto zaxis
zcalendar zeroline zerolinecolor zerolinelayer zerolinewidth zhoverformat zmax zmid zmin zorder zsmooth
`.match(/\S+/g),
);

/** Parts of a layout of which there may be several. */
const numbered = /^(?:[xy]axis|scene|polar|coloraxis|legend)\d{1,3}$/;

/** Whether a part of a figure is kept by its name. */
export function isFigureName(name: string): boolean {
  return names.has(name) || numbered.test(name);
}

/** Whether a name reaches what every object has. */
export function isDangerous(name: string): boolean {
  return /^(?:__proto__|constructor|prototype)$/.test(name);
}
