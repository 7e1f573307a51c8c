#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void synapse(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *xf, __global uchar *xh, __global uchar *fanOut, __global uchar *reach, __global uchar *load, __global uchar *events, __global uchar *operations, __global uchar *drives, __global uchar *g, __global uchar *run, __private int sixteen)
{
  double d_126, d_86, d_87, d_52, d_53, d_78, d_76, d_77, d_74, d_75, d_104, d_105, d_38, d_102, d_39, d_103, d_100, d_101, d_130; 
  bool b_108, b_31, b_89, b_24, b_107; 
  float f_56, f_55, f_46; 
  ulong ul_125, ul_63, ul_0, ul_25, ul_5, ul_69, ul_133, ul_6, ul_7, ul_8, ul_1, ul_129, ul_2, ul_3, ul_4, ul_45, ul_14, ul_16, ul_73, ul_22, ul_120, ul_18, ul_114, ul_20; 
  int i_64, i_58, i_57, i_59, i_70, i_65, i_110, i_109, i_48, i_47, i_106, i_41, i_54, i_50, i_49, i_116, i_115, i_30, i_94, i_29, i_93, i_32, i_96, i_95, i_26, i_90, i_28, i_92, i_27, i_91, i_40, i_34, i_33, i_36, i_35, i_15, i_21, i_88, i_23, i_82, i_17, i_81, i_84, i_19, i_83; 
  long l_72, l_68, l_132, l_71, l_80, l_79, l_85, l_97, l_98, l_99, l_42, l_43, l_37, l_112, l_113, l_51, l_44, l_111, l_121, l_122, l_123, l_117, l_118, l_119, l_128, l_66, l_67, l_131, l_60, l_124, l_61, l_62, l_127; 

  // BLOCK 0
  ul_0  =  (ulong) xf;
  ul_1  =  (ulong) fanOut;
  ul_2  =  (ulong) reach;
  ul_3  =  (ulong) load;
  ul_4  =  (ulong) events;
  ul_5  =  (ulong) operations;
  ul_6  =  (ulong) drives;
  ul_7  =  (ulong) g;
  ul_8  =  (ulong) run;
  __local int adi_9[64];
  __local int adi_10[64];
  __local long adl_11[64];
  __local double d_12[64];
  __local double d_13[64];
  ul_14  =  ul_7 + 24L;
  i_15  =  *((__global int *) ul_14);
  ul_16  =  ul_7 + 16L;
  i_17  =  *((__global int *) ul_16);
  ul_18  =  ul_7 + 20L;
  i_19  =  *((__global int *) ul_18);
  ul_20  =  ul_8 + 16L;
  i_21  =  *((__global int *) ul_20);
  ul_22  =  ul_7 + 60L;
  i_23  =  *((__global int *) ul_22);
  b_24  =  i_23 == 0;
  if(b_24)
  {
    // BLOCK 1
    ul_25  =  ul_8 + 20L;
    i_26  =  *((__global int *) ul_25);
    i_27  =  i_21 * i_26;
    i_28  =  i_27;
  }  // B0
  else
  {
    // BLOCK 2
    i_28  =  i_21;
  }  // B0
  // BLOCK 3 MERGES [2 1 ]
  i_29  =  get_group_id(0);
  i_30  =  get_local_id(0);
  b_31  =  i_29 < i_28;
  if(b_31)
  {
    // BLOCK 4
    i_32  =  i_17 * i_19;
    i_33  =  i_32 * i_15;
    i_34  =  i_33 * i_29;
    // BLOCK 5 MERGES [4 15 ]
    i_35  =  0;
    i_36  =  0;
    l_37  =  0L;
    d_38  =  0.0;
    d_39  =  0.0;
    i_40  =  i_30;
    for(;i_40 < i_33;)
    {
      // BLOCK 6
      i_41  =  i_34 + i_40;
      l_42  =  (long) i_41;
      l_43  =  l_42 + 4L;
      l_44  =  l_43 << 2;
      ul_45  =  ul_0 + l_44;
      f_46  =  *((__global float *) ul_45);
      i_47  =  i_40 + 64;
      i_48  =  isequal(f_46, 0.0F);
      if(i_48 == 1)
      {
        // BLOCK 7
        i_49  =  i_35;
        i_50  =  i_36;
        l_51  =  l_37;
        d_52  =  d_38;
        d_53  =  d_39;
      }  // B6
      else
      {
        // BLOCK 8
        i_54  =  isless(f_46, 0.0F);
        if(i_54 == 1)
        {
          // BLOCK 9
          f_55  =  -f_46;
          f_56  =  f_55;
        }  // B8
        else
        {
          // BLOCK 10
          f_56  =  f_46;
        }  // B8
        // BLOCK 11 MERGES [10 9 ]
        i_57  =  isequal(f_56, 1.0F);
        if(i_57 == 1)
        {
          // BLOCK 12
          i_58  =  i_36;
        }  // B11
        else
        {
          // BLOCK 13
          i_59  =  i_36 + 1;
          i_58  =  i_59;
        }  // B11
        // BLOCK 14 MERGES [12 13 ]
        l_60  =  (long) i_40;
        l_61  =  l_60 + 4L;
        l_62  =  l_61 << 2;
        ul_63  =  ul_1 + l_62;
        i_64  =  *((__global int *) ul_63);
        i_65  =  i_40 / i_15;
        l_66  =  (long) i_65;
        l_67  =  l_66 + 4L;
        l_68  =  l_67 << 2;
        ul_69  =  ul_2 + l_68;
        i_70  =  *((__global int *) ul_69);
        l_71  =  l_60 + 2L;
        l_72  =  l_71 << 3;
        ul_73  =  ul_3 + l_72;
        d_74  =  *((__global double *) ul_73);
        d_75  =  (double) f_56;
        d_76  =  fma(d_74, d_75, d_39);
        d_77  =  (double) i_70;
        d_78  =  fma(d_75, d_77, d_38);
        l_79  =  (long) i_64;
        l_80  =  l_79 + l_37;
        i_81  =  i_35 + 1;
        i_49  =  i_81;
        i_50  =  i_58;
        l_51  =  l_80;
        d_52  =  d_78;
        d_53  =  d_76;
      }  // B6
      // BLOCK 15 MERGES [7 14 ]
      i_82  =  i_47;
      i_35  =  i_49;
      i_36  =  i_50;
      l_37  =  l_51;
      d_38  =  d_52;
      d_39  =  d_53;
      i_40  =  i_82;
    }  // B5
    // BLOCK 16
    i_83  =  i_35;
    i_84  =  i_36;
    l_85  =  l_37;
    d_86  =  d_38;
    d_87  =  d_39;
  }  // B3
  else
  {
    // BLOCK 17
    i_83  =  0;
    i_84  =  0;
    l_85  =  0L;
    d_86  =  0.0;
    d_87  =  0.0;
  }  // B3
  // BLOCK 18 MERGES [17 16 ]
  adi_9[i_30]  =  i_83;
  adi_10[i_30]  =  i_84;
  adl_11[i_30]  =  l_85;
  d_12[i_30]  =  d_86;
  d_13[i_30]  =  d_87;
  barrier(CLK_LOCAL_MEM_FENCE);
  // BLOCK 19 MERGES [18 23 ]
  i_88  =  32;
  for(;i_88 >= 1;)
  {
    // BLOCK 20
    b_89  =  i_30 < i_88;
    if(b_89)
    {
      // BLOCK 21
      i_90  =  adi_9[i_30];
      i_91  =  i_88 + i_30;
      i_92  =  adi_9[i_91];
      i_93  =  i_90 + i_92;
      adi_9[i_30]  =  i_93;
      i_94  =  adi_10[i_30];
      i_95  =  adi_10[i_91];
      i_96  =  i_94 + i_95;
      adi_10[i_30]  =  i_96;
      l_97  =  adl_11[i_30];
      l_98  =  adl_11[i_91];
      l_99  =  l_97 + l_98;
      adl_11[i_30]  =  l_99;
      d_100  =  d_12[i_30];
      d_101  =  d_12[i_91];
      d_102  =  d_100 + d_101;
      d_12[i_30]  =  d_102;
      d_103  =  d_13[i_30];
      d_104  =  d_13[i_91];
      d_105  =  d_103 + d_104;
      d_13[i_30]  =  d_105;
    }  // B20
    else
    {
      // BLOCK 22
    }  // B20
    // BLOCK 23 MERGES [22 21 ]
    barrier(CLK_LOCAL_MEM_FENCE);
    i_106  =  i_88 >> 1;
    i_88  =  i_106;
  }  // B19
  // BLOCK 24
  b_107  =  i_30 == 0;
  if(b_107)
  {
    // BLOCK 25
    b_108  =  i_29 < i_28;
    if(b_108)
    {
      // BLOCK 26
      i_109  =  adi_9[0];
      i_110  =  i_29 << 1;
      l_111  =  (long) i_110;
      l_112  =  l_111 + 4L;
      l_113  =  l_112 << 2;
      ul_114  =  ul_4 + l_113;
      *((__global int *) ul_114)  =  i_109;
      i_115  =  adi_10[0];
      i_116  =  i_110 + 1;
      l_117  =  (long) i_116;
      l_118  =  l_117 + 4L;
      l_119  =  l_118 << 2;
      ul_120  =  ul_4 + l_119;
      *((__global int *) ul_120)  =  i_115;
      l_121  =  adl_11[0];
      l_122  =  (long) i_29;
      l_123  =  l_122 + 2L;
      l_124  =  l_123 << 3;
      ul_125  =  ul_5 + l_124;
      *((__global long *) ul_125)  =  l_121;
      d_126  =  d_12[0];
      l_127  =  l_111 + 2L;
      l_128  =  l_127 << 3;
      ul_129  =  ul_6 + l_128;
      *((__global double *) ul_129)  =  d_126;
      d_130  =  d_13[0];
      l_131  =  l_117 + 2L;
      l_132  =  l_131 << 3;
      ul_133  =  ul_6 + l_132;
      *((__global double *) ul_133)  =  d_130;
      return;
    }  // B25
    else
    {
      // BLOCK 27
      return;
    }  // B25
  }  // B24
  else
  {
    // BLOCK 28
  }  // B24
  // BLOCK 29 MERGES [28 27 26 ]
  return;
}  //  kernel
